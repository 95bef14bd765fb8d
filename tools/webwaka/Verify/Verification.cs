using System.Data;
using System.Globalization;
using Npgsql;
using Spectre.Console;
using WebWaka.Standalone;

namespace WebWaka.Tool.Verify;

/// <summary><c>webwaka verify</c>: every invariant with its counts; the exit code says whether all hold.</summary>
public static class Verification
{
    /// <param name="Checked">How many things were looked at.</param>
    /// <param name="Broken">How many of them are wrong.</param>
    /// <param name="Faults">What is wrong, with an example of each kind.</param>
    public sealed record Finding(string Name, string Statement, long Checked, long Broken, IReadOnlyList<string> Faults)
    {
        public bool Holds => Broken == 0;

        public string? Example => Faults.Count == 0 ? null : Faults[0];

        /// <summary>What the table says: an invariant whose subject does not exist yet has not been put to the test.</summary>
        internal string Verdict => !Holds ? "[red]FAILS[/]" : Checked == 0 ? "holds (there is none yet)" : "holds";
    }

    private const int MostFaults = 10;

    public static async Task<int> Run(string connection, CancellationToken ct)
    {
        var findings = await Check(connection, ct);
        Print(findings);
        return ExitCode(findings);
    }

    /// <summary>After a benchmark: a line where all hold, else the table of them.</summary>
    internal static async Task<int> Conclude(string connection, CancellationToken ct)
    {
        var findings = await Check(connection, ct);
        if (ExitCode(findings) == 0)
            Console.WriteLine("All invariants hold after the load.");
        else
            Print(findings);
        return ExitCode(findings);
    }

    private static void Print(IReadOnlyList<Finding> findings)
    {
        var table = new Table().AddColumns("", "invariant", "checked", "broken");
        foreach (var finding in findings)
        {
            var broken = finding.Broken == 0 ? "0" : $"[red]{Text(finding.Broken)}[/] {Markup.Escape(string.Join('\n', finding.Faults.Take(MostFaults)))}";
            table.AddRow($"{finding.Name} {finding.Verdict}", Markup.Escape(finding.Statement), Text(finding.Checked), broken);
        }

        AnsiConsole.Write(table);
    }

    internal static int ExitCode(IReadOnlyList<Finding> findings) => findings.All(finding => finding.Holds) ? 0 : 1;

    /// <summary>All of it from one snapshot, so that a system at work is seen at one moment.</summary>
    public static async Task<IReadOnlyList<Finding>> Check(string connection, CancellationToken ct)
    {
        // A big shop's sums take longer than Npgsql's thirty seconds.
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { CommandTimeout = 0 }.ConnectionString);
        try
        {
            await using var reading = await database.OpenConnectionAsync(ct);
            await using var snapshot = await reading.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            var findings = new List<Finding>();
            foreach (var (name, statement) in Invariants.Statements)
            {
                var finding = new Finding(name, statement, 0, 0, []);
                foreach (var check in Invariants.All.Where(check => check.Name == name))
                    finding = Plus(finding, await Answered(snapshot, finding, () => Ask(reading, check, ct), ct));
                findings.Add(name == "I9" ? await Answered(snapshot, finding, () => AuditChains.Check(reading, ct), ct) : finding);
            }

            return findings;
        }
        catch (NpgsqlException error) when (error is not PostgresException)
        {
            throw new StandaloneException($"The database does not answer: {error.Message}", "start it (Standalone brings its own) and try again");
        }
    }

    /// <summary>What cannot be asked does not hold: a table is missing, or a document cannot be read. The other checks go on.</summary>
    private static async Task<Finding> Answered(NpgsqlTransaction snapshot, Finding of, Func<Task<Finding>> ask, CancellationToken ct)
    {
        await snapshot.SaveAsync("before", ct);
        try
        {
            return await ask();
        }
        catch (PostgresException error)
        {
            await snapshot.RollbackAsync("before", ct);
            return of with { Checked = 0, Broken = 1, Faults = [$"cannot be checked: {error.MessageText}"] };
        }
    }

    private static async Task<Finding> Ask(NpgsqlConnection connection, Invariant check, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(check.Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var broken = reader.GetInt64(1);
        return new Finding(
            check.Name, "", reader.GetInt64(0), broken, broken == 0 ? [] : [$"{check.What}: {(reader.IsDBNull(2) ? "without a name" : reader.GetString(2))}"]);
    }

    /// <summary>One invariant's checks together: their counts added.</summary>
    private static Finding Plus(Finding sum, Finding more) =>
        sum with { Checked = sum.Checked + more.Checked, Broken = sum.Broken + more.Broken, Faults = [.. sum.Faults, .. more.Faults] };

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
