using System.Globalization;
using Npgsql;
using Spectre.Console;
using WebWaka.CellKit;
using WebWaka.Standalone;

namespace WebWaka.Tool;

/// <summary>
/// <c>webwaka resend</c>: when a broker's disk is lost, what the Cells had told is told again from their business tables. What
/// has arrived before is taken twice, which does no harm.
/// </summary>
public static class Resend
{
    public sealed record Retold(string Cell, string Type, long Count);

    /// <summary>Those that publish.</summary>
    public static readonly string[] Cells = [.. CellList.All.Where(cell => cell.Schema!.Retell is not null).Select(cell => cell.Name)];

    public static async Task<int> Run(string connection, string? cell, string? tenant, string since, CancellationToken ct)
    {
        if (!DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from))
            throw new StandaloneException($"--since {since} is no time", "write a time before the broker was lost: 2026-11-28T06:00:00Z");
        var table = new Table().AddColumns("cell", "event", "told again");
        foreach (var told in await Tell(connection, cell, tenant, from, ct))
            table.AddRow(told.Cell, told.Type, told.Count.ToString(CultureInfo.InvariantCulture));
        AnsiConsole.Write(table);
        return 0;
    }

    /// <param name="cell">One Cell's events only.</param>
    /// <param name="tenant">One tenant's only, by its slug or its id.</param>
    public static async Task<IReadOnlyList<Retold>> Tell(string connection, string? cell, string? tenant, DateTimeOffset since, CancellationToken ct)
    {
        await using var ops = NpgsqlDataSource.Create(connection);
        var tenants = await Tenants(ops, tenant, ct);
        var sums = new Dictionary<(string Cell, string Type), long>();
        foreach (var schema in CellList.All.Select(one => one.Schema!).Where(schema => cell is null || schema.Name == cell))
        {
            foreach (var id in tenants)
            {
                foreach (var (type, count) in await Retelling.Run(ops, schema, id, since, ct))
                    sums[(schema.Name, type)] = sums.GetValueOrDefault((schema.Name, type)) + count;
            }
        }

        return [.. sums.Select(sum => new Retold(sum.Key.Cell, sum.Key.Type, sum.Value))];
    }

    private static async Task<List<Guid>> Tenants(NpgsqlDataSource ops, string? wanted, CancellationToken ct)
    {
        await using var command = ops.CreateCommand(
            $"SELECT id FROM {Wiring.Identity}.tenant WHERE $1::text IS NULL OR slug = $1 OR id::text = lower($1) ORDER BY id");
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = wanted });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<Guid>();
        while (await reader.ReadAsync(ct))
            found.Add(reader.GetGuid(0));
        return found.Count > 0 || wanted is null ? found : throw new StandaloneException($"There is no tenant {wanted}", "name it by its slug or its id");
    }
}
