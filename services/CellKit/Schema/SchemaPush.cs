using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>A Cell as <c>webwaka db push</c> sees it.</summary>
/// <param name="Create">Makes the context on a connection that has taken the owner's role.</param>
/// <param name="AppendOnly">Tables whose rows are never changed or deleted by the Cell: money that happened.</param>
/// <param name="Shared">Tables without a tenant: a short list, checked by a test.</param>
/// <param name="Functions">CREATE OR REPLACE FUNCTION of what a hot path calls in the database: stated in full at each push.</param>
public sealed record CellSchema(
    string Name, Func<NpgsqlConnection, CellContext, DbContext[]> Create, IReadOnlySet<string> AppendOnly, IReadOnlySet<string> Shared,
    string Functions = "");

/// <summary>
/// Brings a database to what the code expects: roles, schemas, migrations run as the owner, then rights and row-level security
/// of every table. Safe to run again. Design section 4; security.md P1 to P10.
/// </summary>
public static partial class SchemaPush
{
    /// <summary>The policy that every tenant's table has twice: once permissive, once restrictive, so that a further permissive one cannot widen it.</summary>
    public const string TenantPolicy = "tenant_id = (SELECT NULLIF(current_setting('app.tenant_id', true), '')::uuid)";

    /// <summary>Serialises pushes of any number of processes to one database.</summary>
    private const long PushLock = 0x57454257414B41;

    private const int MaxTries = 20;

    /// <param name="passwordOf">The password that a role is to log in with.</param>
    /// <param name="always">False: a Cell whose schema was pushed by this very build, with these passwords, is left as it is.</param>
    public static async Task Push(
        NpgsqlDataSource admin, IReadOnlyList<CellSchema> cells, Func<string, string> passwordOf, bool always, Action<string> progress, CancellationToken ct)
    {
        await using var connection = await admin.OpenConnectionAsync(ct);
        await Run(connection, $"SELECT pg_advisory_lock({PushLock})", ct);
        foreach (var cell in cells)
        {
            var stamp = StampOf(cell, passwordOf);
            if (!always && await ReadStamp(connection, cell, ct) == stamp)
                continue;
            progress($"schema {cell.Name}");
            await EnsureRole(admin, "webwaka_ops", passwordOf("webwaka_ops"), ct);
            await PushCell(admin, connection, cell, passwordOf, ct);
            await Run(connection, $"COMMENT ON SCHEMA {cell.Name} IS '{stamp}'", ct);
        }

        await Run(connection, $"SELECT pg_advisory_unlock({PushLock})", ct);
    }

    /// <summary>Which build pushed the schema, and with which passwords (as a digest).</summary>
    private static string StampOf(CellSchema cell, Func<string, string> passwordOf)
    {
        string[] roles = ["webwaka_ops", $"{cell.Name}_app", $"{cell.Name}_relay"];
        var build = $"{cell.Create.Method.Module.ModuleVersionId} {typeof(SchemaPush).Module.ModuleVersionId}";
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{build} {string.Join(' ', roles.Select(passwordOf))}"));
        return $"webwaka {Convert.ToHexStringLower(digest)}";
    }

    private static async Task<string?> ReadStamp(NpgsqlConnection connection, CellSchema cell, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = $1", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = cell.Name });
        return await command.ExecuteScalarAsync(ct) as string;
    }

    private static async Task PushCell(
        NpgsqlDataSource admin, NpgsqlConnection connection, CellSchema cell, Func<string, string> passwordOf, CancellationToken ct)
    {
        var owner = $"{cell.Name}_owner";
        await EnsureRole(admin, owner, password: null, ct);
        await EnsureRole(admin, $"{cell.Name}_app", passwordOf($"{cell.Name}_app"), ct);
        await EnsureRole(admin, $"{cell.Name}_relay", passwordOf($"{cell.Name}_relay"), ct);
        foreach (var role in new[] { $"{cell.Name}_app", $"{cell.Name}_relay" })
            await RunOnRole(admin, $"ALTER ROLE {role} SET search_path = {cell.Name}; {QuickCompression(role)}", ct);
        await Run(connection, $"""
            CREATE SCHEMA IF NOT EXISTS {cell.Name} AUTHORIZATION {owner};
            REVOKE ALL ON SCHEMA {cell.Name} FROM PUBLIC;
            GRANT USAGE ON SCHEMA {cell.Name} TO {cell.Name}_app, {cell.Name}_relay, webwaka_ops;
            SET ROLE {owner};
            SET search_path = {cell.Name};
            """, ct);
        var context = new CellContext(cell.Name, TimeProvider.System, new OutboxSignal());
        foreach (var db in cell.Create(connection, context))
        {
            await using (db)
            {
                await db.Database.MigrateAsync(ct);
                foreach (var table in db.Model.GetRelationalModel().Tables)
                    await Run(connection, RightsOf(cell, table), ct);
            }
        }

        if (cell.Functions.Length > 0)
            await Run(connection, cell.Functions, ct);
        // A whole dump reads the migrations' history and where the queues' numbers are, too.
        await Run(connection, $"""
            GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {cell.Name} TO {cell.Name}_app;
            GRANT SELECT ON ALL TABLES IN SCHEMA {cell.Name} TO webwaka_ops;
            GRANT SELECT ON ALL SEQUENCES IN SCHEMA {cell.Name} TO webwaka_ops;
            RESET ROLE;
            RESET search_path;
            """, ct);
    }

    /// <summary>Documents are compressed by the quicker of PostgreSQL's two methods, where the server was built with it.</summary>
    private static string QuickCompression(string role) => $"""
        DO $$ BEGIN
            IF (SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression') THEN
                ALTER ROLE {role} SET default_toast_compression = 'lz4';
            END IF;
        END $$;
        """;

    /// <summary>Rights and policies of one table, stated in full each time, so that nobody can forget them in a migration.</summary>
    internal static string RightsOf(CellSchema cell, ITable table)
    {
        var name = $"{cell.Name}.\"{table.Name}\"";
        var app = $"{cell.Name}_app";
        var relay = $"{cell.Name}_relay";
        var rights = cell.AppendOnly.Contains(table.Name) ? "SELECT, INSERT" : "SELECT, INSERT, UPDATE, DELETE";
        var sql = $"""
            REVOKE ALL ON {name} FROM PUBLIC, {app}, {relay};
            GRANT {rights} ON {name} TO {app};
            GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO webwaka_ops;
            """;
        // Payloads stay for moments only: compressing them costs more than it saves.
        if (table.Name is "outbox")
            sql += $"ALTER TABLE {name} SET (toast_tuple_target = 8160);";
        if (table.Name is "outbox" or "outbox_delivery" or "dead_letter")
            sql += $"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {relay};";
        if (cell.Shared.Contains(table.Name))
            return sql;
        if (table.FindColumn("tenant_id") is null)
            throw new InvalidOperationException($"{name} has no tenant_id and is not in the list of shared tables.");
        sql += $"""
            ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {name} FORCE ROW LEVEL SECURITY;
            DROP POLICY IF EXISTS tenant ON {name};
            DROP POLICY IF EXISTS tenant_only ON {name};
            DROP POLICY IF EXISTS ops ON {name};
            CREATE POLICY tenant ON {name} AS PERMISSIVE TO {app} USING ({TenantPolicy}) WITH CHECK ({TenantPolicy});
            CREATE POLICY tenant_only ON {name} AS RESTRICTIVE TO {app} USING ({TenantPolicy}) WITH CHECK ({TenantPolicy});
            CREATE POLICY ops ON {name} TO webwaka_ops USING (true) WITH CHECK (true);
            """;
        if (table.Name is "outbox" or "outbox_delivery" or "dead_letter")
            sql += $"DROP POLICY IF EXISTS relay ON {name}; CREATE POLICY relay ON {name} TO {relay} USING (true) WITH CHECK (true);";
        return sql;
    }

    private static async Task EnsureRole(NpgsqlDataSource admin, string role, string? password, CancellationToken ct)
    {
        if (!RoleName().IsMatch(role))
            throw new ArgumentException($"not a role's name: {role}", nameof(role));
        var login = password is null ? "NOLOGIN" : $"LOGIN PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}'";
        await RunOnRole(admin, $"""
            DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role}; END IF; END $$;
            ALTER ROLE {role} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS {login};
            """, ct);
        if (password is null)
            await RunOnRole(admin, $"GRANT {role} TO CURRENT_USER", ct);
    }

    /// <summary>
    /// Roles belong to the server, and the push's lock to one database of it: a push of another database may change the same
    /// role at this moment, and PostgreSQL then fails the later one. Said again it finds the role as it is.
    /// </summary>
    private static async Task RunOnRole(NpgsqlDataSource admin, string sql, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                // A connection of its own: Npgsql closes the one that this failure comes by, and with it the push's lock would be gone.
                await using var connection = await admin.OpenConnectionAsync(ct);
                await Run(connection, sql, ct);
                return;
            }
            catch (PostgresException error) when (tries < MaxTries && IsMeeting(error))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10, 100)), ct);
            }
        }
    }

    private static bool IsMeeting(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected
        || error.SqlState == PostgresErrorCodes.InternalError && error.MessageText.StartsWith("tuple concurrently", StringComparison.Ordinal);

    [GeneratedRegex("^[a-z_]+$", RegexOptions.None, 1000)]
    private static partial Regex RoleName();

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
