using System.Text.RegularExpressions;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>The roles of a Cell, stated in full at each push. They belong to the server, so other databases' pushes are met here.</summary>
public static partial class SchemaRoles
{
    private const int MaxTries = 20;

    /// <summary>
    /// After so long a process that stands still inside a transaction, or behind a dead network, gives its locks back. The relay
    /// waits for the broker, or for all consumers of its process, inside its own.
    /// </summary>
    private static string IdleInTransaction(CellSchema cell, string role) => role == $"{cell.Name}_relay" ? "1min" : "15s";

    public static async Task Ensure(
        NpgsqlDataSource admin, IReadOnlyList<CellSchema> cells, Func<string, string> passwordOf, CancellationToken ct)
    {
        foreach (var cell in cells)
            await Ensure(admin, cell, passwordOf, ct);
    }

    internal static async Task Ensure(NpgsqlDataSource admin, CellSchema cell, Func<string, string> passwordOf, CancellationToken ct)
    {
        await EnsureRole(admin, Wiring.OpsRole, passwordOf(Wiring.OpsRole), ct);
        await EnsureRole(admin, $"{cell.Name}_owner", password: null, ct);
        var relay = $"{cell.Name}_relay";
        foreach (var role in new[] { $"{cell.Name}_app", relay })
        {
            await EnsureRole(admin, role, passwordOf(role), ct);
            await RunOnRole(admin, $"""
                ALTER ROLE {role} SET search_path = {cell.Name};
                ALTER ROLE {role} SET idle_in_transaction_session_timeout = '{IdleInTransaction(cell, role)}';
                {QuickCompression(role)}
                """, ct);
        }

        // It reads queues, and by their keys: a plan made while a queue was empty would else read all of it for ever, and with it every
        // row that is gone and not yet cleared away.
        await RunOnRole(admin, $"ALTER ROLE {relay} SET enable_seqscan = off", ct);
    }

    /// <summary>The same as lines of kind, name and what is so, to compare a server with. Memberships are none: nobody is anybody else.</summary>
    public static IEnumerable<(string Kind, string Name, string Is)> Expected(IReadOnlyList<CellSchema> cells, bool hasLz4)
    {
        yield return ("role", Wiring.OpsRole, "may log in");
        foreach (var cell in cells)
        {
            yield return ("role", $"{cell.Name}_owner", "may not log in");
            foreach (var role in new[] { $"{cell.Name}_app", $"{cell.Name}_relay" })
            {
                yield return ("role", role, "may log in");
                yield return ("setting of a role", $"{role} search_path", cell.Name);
                yield return ("setting of a role", $"{role} idle_in_transaction_session_timeout", IdleInTransaction(cell, role));
                if (hasLz4)
                    yield return ("setting of a role", $"{role} default_toast_compression", "lz4");
            }

            yield return ("setting of a role", $"{cell.Name}_relay enable_seqscan", "off");
        }
    }

    /// <summary>Documents are compressed by the quicker of PostgreSQL's two methods, where the server was built with it.</summary>
    private static string QuickCompression(string role) => $"""
        DO $$ BEGIN
            IF (SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression') THEN
                ALTER ROLE {role} SET default_toast_compression = 'lz4';
            END IF;
        END $$;
        """;

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
                await using var command = new NpgsqlCommand(sql, connection);
                await command.ExecuteNonQueryAsync(ct);
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
}
