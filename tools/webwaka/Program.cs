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
root.Subcommands.Add(new Command("bench", "Measure") { sale });

// A table in a log file has no terminal to fit into.
AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 140);
return await root.Parse(args).InvokeAsync();
