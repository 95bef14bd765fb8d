using System.Globalization;
using Npgsql;
using Spectre.Console;
using WebWaka.History.Audit;
using WebWaka.Standalone;

namespace WebWaka.Tool.Verify;

/// <summary><c>webwaka verify</c>: every invariant with its counts; the exit code says whether all hold.</summary>
public static class Verification
{
    /// <param name="Checked">How many things were looked at.</param>
    /// <param name="Broken">How many of them are wrong, with an example.</param>
    public sealed record Finding(string Name, string Statement, long Checked, long Broken, string? Example)
    {
        public bool Holds => Broken == 0;
    }

    public static async Task<int> Run(string connection, CancellationToken ct)
    {
        var findings = await Check(connection, ct);
        var table = new Table().AddColumns("", "invariant", "checked", "broken");
        foreach (var finding in findings)
        {
            var broken = finding.Broken == 0 ? "0" : $"[red]{Text(finding.Broken)}[/] {Markup.Escape(finding.Example ?? "")}";
            table.AddRow($"{finding.Name} {(finding.Holds ? "holds" : "[red]FAILS[/]")}", Markup.Escape(finding.Statement), Text(finding.Checked), broken);
        }

        AnsiConsole.Write(table);
        return findings.All(finding => finding.Holds) ? 0 : 1;
    }

    public static async Task<IReadOnlyList<Finding>> Check(string connection, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        try
        {
            var findings = new List<Finding>();
            foreach (var name in Invariants.All.Select(check => check.Name).Distinct(StringComparer.Ordinal))
                findings.Add(await Sum(database, [.. Invariants.All.Where(check => check.Name == name)], ct));
            findings.Insert(8, await Audit(database, ct));
            return findings;
        }
        catch (NpgsqlException error) when (error is not PostgresException)
        {
            throw new StandaloneException($"The database does not answer: {error.Message}", "start it (Standalone brings its own) and try again");
        }
    }

    /// <summary>One invariant's checks together: their counts added, the first example kept.</summary>
    private static async Task<Finding> Sum(NpgsqlDataSource database, IReadOnlyList<Invariant> checks, CancellationToken ct)
    {
        var sum = new Finding(checks[0].Name, checks[0].Statement, 0, 0, null);
        foreach (var check in checks)
        {
            await using var command = database.CreateCommand(check.Sql);
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            var example = reader.IsDBNull(2) ? null : $"{check.What}: {reader.GetString(2)}";
            sum = sum with { Checked = sum.Checked + reader.GetInt64(0), Broken = sum.Broken + reader.GetInt64(1), Example = sum.Example ?? example };
        }

        return sum;
    }

    private static async Task<Finding> Audit(NpgsqlDataSource database, CancellationToken ct)
    {
        var heads = new Dictionary<Guid, AuditLink>();
        await using (var command = database.CreateCommand("SELECT tenant_id, seq, hash FROM history.audit_head"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                heads[reader.GetGuid(0)] = new AuditLink(reader.GetInt64(1), "", (byte[])reader[2]);
        }

        var links = new List<(Guid Tenant, AuditLink Link)>();
        await using (var command = database.CreateCommand("SELECT tenant_id, seq, entry, hash FROM history.audit ORDER BY tenant_id, seq"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                links.Add((reader.GetGuid(0), new AuditLink(reader.GetInt64(1), reader.GetString(2), (byte[])reader[3])));
        }

        var chains = links.GroupBy(link => link.Tenant).ToDictionary(group => group.Key, group => group.Select(link => link.Link));
        var faults = chains.Keys.Union(heads.Keys)
            .Select(tenant => (tenant, Fault: AuditChain.Verify(tenant, chains.GetValueOrDefault(tenant, []), heads.GetValueOrDefault(tenant))))
            .Where(pair => pair.Fault is not null).ToList();
        return new Finding(
            "I9", "the audit chain verifies", links.Count, faults.Count,
            faults.Count == 0 ? null : $"tenant {faults[0].tenant}, entry {faults[0].Fault!.Seq}: {faults[0].Fault!.What}");
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
