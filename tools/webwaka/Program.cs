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
Option<int> sellers = new("--sellers") { Description = "Callers that sell at the same time", DefaultValueFactory = _ => 4 };
Option<int> deliverers = new("--deliverers") { Description = "Callers that deliver events", DefaultValueFactory = _ => 16 };
Command hooks = new("webhooks", "Signed Paystack events through the gateway into the inbox, while shops sell") { deliverers, sellers, seconds };
hooks.SetAction((parsed, ct) => Guard.Run(() => WebhookBench.Run(
    parsed.GetValue(deliverers), parsed.GetValue(sellers), TimeSpan.FromSeconds(parsed.GetValue(seconds)), ct)));
root.Subcommands.Add(new Command("bench", "Measure") { sale, hooks });

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
