using System.CommandLine;
using Spectre.Console;
using WebWaka.Tool;
using WebWaka.Tool.Bench;
using WebWaka.Tool.Db;
using WebWaka.Tool.Verify;

Option<string?> data = new("--data") { Description = "Standalone's data folder (default: .data beside the solution)", Recursive = true };
RootCommand root = new("The operator's command line of WebWaka POS") { data };

root.Subcommands.Add(DbCommands.Of(data));

Command verify = new("verify", "Check the ten invariants on a database: what was acknowledged is there once, everywhere, to the minor unit");
verify.SetAction((parsed, ct) => Guard.Run(() => Verification.Run(Connections.Ops(parsed.GetValue(data)), ct)));
root.Subcommands.Add(verify);

Command list = new("list", "Count the events that a Cell could not take");
list.SetAction((parsed, ct) => Guard.Run(() => DeadLetters.List(Connections.Ops(parsed.GetValue(data)), ct)));
Option<string?> cell = new("--cell") { Description = "Only this Cell's" };
cell.AcceptOnlyFromAmong([.. WebWaka.Wiring.Cells]);
Command replay = new("replay", "Have those that were given up on tried again") { cell };
replay.SetAction((parsed, ct) => Guard.Run(() => DeadLetters.Replay(Connections.Ops(parsed.GetValue(data)), parsed.GetValue(cell), ct)));
root.Subcommands.Add(new Command("dead", "Events that a Cell could not take") { list, replay });

Option<string?> teller = new("--cell") { Description = "Only this Cell's" };
teller.AcceptOnlyFromAmong(Resend.Cells);
Option<string?> tenant = new("--tenant") { Description = "Only this tenant's: its slug or its id" };
Option<string> since = new("--since") { Description = "What has happened since then (2026-11-28T06:00:00Z); prices and rules always", Required = true };
Command resend = new("resend", "Tell again, from the business tables, what a broker that lost its disk has lost") { teller, tenant, since };
resend.SetAction((parsed, ct) => Guard.Run(() => Resend.Run(
    Connections.Ops(parsed.GetValue(data)), parsed.GetValue(teller), parsed.GetValue(tenant), parsed.GetValue(since)!, ct)));
root.Subcommands.Add(resend);

Option<string> callers = new("--callers") { Description = "Numbers of callers, each a round", DefaultValueFactory = _ => "1,4,16,32" };
Option<int> seconds = new("--seconds") { Description = "Length of each round, after a warm-up", DefaultValueFactory = _ => 20 };
Option<int> tenants = new("--tenants") { Description = "Tenants that sell", DefaultValueFactory = _ => 20 };
Option<int> tills = new("--tills") { Description = "Tills of each", DefaultValueFactory = _ => 5 };
Command sale = new("sale", "Sales of five lines and two tenders through the gateway of a Standalone of its own, beside the database's own limit")
{
    callers, seconds, tenants, tills,
};
sale.SetAction((parsed, ct) => Guard.Run(() => SaleBench.Run(
    [.. parsed.GetValue(callers)!.Split(',').Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture))],
    TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(tenants), parsed.GetValue(tills), ct)));
Option<int> atOnce = new("--callers") { Description = "Callers that sell at once", DefaultValueFactory = _ => 16 };
Option<int> replicas = new("--replicas") { Description = "Of every Cell and of the gateway", DefaultValueFactory = _ => 1 };
Option<int> events = new("--events") { Description = "Events for the dispatcher and the broker", DefaultValueFactory = _ => 20_000 };
Command distributed = new("distributed", "The same sale with every service, Redis and RabbitMQ as processes: rates, event lag, dispatcher against broker")
{
    atOnce, seconds, tenants, tills, replicas, events,
};
distributed.SetAction((parsed, ct) => Guard.Run(() => DistributedBench.Run(
    new DistributedLoad(
        parsed.GetValue(atOnce), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(tenants), parsed.GetValue(tills),
        parsed.GetValue(replicas), parsed.GetValue(events)), ct)));
Option<int> pace = new("--pace") { Description = "Sales a second of the shop that keeps to its pace", DefaultValueFactory = _ => 20 };
Option<int> flood = new("--flood") { Description = "Sales a second that the other shop asks for", DefaultValueFactory = _ => 1_000 };
Option<int> limit = new("--limit") { Description = "RateLimits__TenantPerSecond of the run", DefaultValueFactory = _ => 150 };
Option<int> rounds = new("--rounds") { Description = "Rounds, each without and with the flood", DefaultValueFactory = _ => 5 };
Command fairness = new("fairness", "What a shop at its pace feels of another's flood: its p99 with the flood over that without, in turn")
{
    pace, flood, limit, rounds, seconds,
};
fairness.SetAction((parsed, ct) => Guard.Run(() => FairnessBench.Run(
    parsed.GetValue(pace), parsed.GetValue(flood), parsed.GetValue(limit), parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), ct)));
Option<int> connections = new("--connections") { Description = "Connections that deliver events", DefaultValueFactory = _ => 16 };
Option<double> rate = new("--rate") { Description = "Events a second, each begun when it is due", DefaultValueFactory = _ => 1_000 };
Command hooks = new("webhooks", "Signed Paystack events through the gateway into the inbox, while shops sell") { connections, rate, pace, seconds };
hooks.SetAction((parsed, ct) => Guard.Run(() => WebhookBench.Run(
    parsed.GetValue(connections), parsed.GetValue(rate), parsed.GetValue(pace), TimeSpan.FromSeconds(parsed.GetValue(seconds)), ct)));
root.Subcommands.Add(new Command("bench", "Measure") { sale, distributed, fairness, hooks });

Option<string?> eventName = new("--event") { Description = "Only these, by Paystack's name: charge.success" };
Option<string?> reference = new("--reference") { Description = "Only those of this reference" };
Option<string?> state = new("--state") { Description = "received, done, orphan or error" };
Option<long?> delivery = new("--id") { Description = "Only this delivery" };
Webhooks.Filter FilterOf(System.CommandLine.ParseResult parsed) =>
    new(parsed.GetValue(eventName), parsed.GetValue(reference), parsed.GetValue(state), parsed.GetValue(delivery));
Command listHooks = new("list", "The newest hundred") { eventName, reference, state, delivery };
listHooks.SetAction((parsed, ct) => Guard.Run(() => Webhooks.List(Connections.Ops(parsed.GetValue(data)), FilterOf(parsed), ct)));
Command replayHooks = new("replay", "Have them worked on again: Paystack is asked, nothing is given twice") { eventName, reference, state, delivery };
replayHooks.SetAction((parsed, ct) => Guard.Run(() => Webhooks.Replay(Connections.Ops(parsed.GetValue(data)), FilterOf(parsed), ct)));
root.Subcommands.Add(new Command("webhooks", "Paystack's deliveries of all shops") { listHooks, replayHooks });

// A table in a log file has no terminal to fit into.
AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 140);
return await root.Parse(args).InvokeAsync();
