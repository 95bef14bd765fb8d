using Microsoft.Extensions.Hosting;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>Refuses to start a Cell that could see past row-level security: as superuser, as owner, or with BYPASSRLS.</summary>
internal sealed class RoleGuard(CellContext cell, NpgsqlDataSource database) : IHostedService
{
    public async Task StartAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT rolsuper OR rolbypassrls OR EXISTS (
                SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND pg_has_role(current_user, c.relowner, 'MEMBER'))
            FROM pg_roles WHERE rolname = current_user
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = cell.Name });
        if (await command.ExecuteScalarAsync(ct) is not false)
            throw new InvalidOperationException(
                $"ConnectionStrings__{cell.Name} logs in as a role that row-level security does not bind. Use {cell.Name}_app, as `webwaka db push` makes it.");
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
}
