using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>
/// Ends a Cell at start whose tables are older than its code, so that in a rolling update no new process serves before the push
/// has run. What a newer version has added does no harm: the old processes go on, and a rollback needs no other database.
/// </summary>
internal sealed class SchemaGuard<TDb>(CellContext cell, NpgsqlDataSource database, IServiceScopeFactory scopes) : IHostedService where TDb : CellDb
{
    public async Task StartAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var known = scope.ServiceProvider.GetRequiredService<TDb>().Model.GetRelationalModel().Tables
            .SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}"));
        var missing = known.Except(await Columns(ct), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            throw new StartException(
                $"Schema {cell.Name} lacks {missing[0]} and {missing.Count - 1} other columns", "Run `webwaka db push` of this version first");
    }

    private async Task<List<string>> Columns(CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = cell.Name });
        List<string> columns = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            columns.Add(reader.GetString(0));
        return columns;
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
}
