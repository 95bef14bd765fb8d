using Npgsql;
using WebWaka.CellKit;
using WebWaka.Standalone;

namespace WebWaka.Tool.Db.Compare;

/// <summary>
/// A throw-away database of the same server in which this program has made what it expects: named after the one that is looked at,
/// marked by its comment, and gone afterwards, also after a run that was killed.
/// </summary>
internal static class Expected
{
    private const string Mark = "webwaka db verify: thrown away after use";
    private const long VerifyLock = 0x57454257414B43;

    public static async Task<IReadOnlyList<Fact>> Read(NpgsqlConnection admin, string connectionString, CancellationToken ct)
    {
        var name = $"{admin.Database}_expected";
        await Run(admin, $"SELECT pg_advisory_lock({VerifyLock})", ct);
        try
        {
            await DropOurs(admin, name, ct);
            await Make(admin, name, ct);
            try
            {
                var there = new NpgsqlConnectionStringBuilder(connectionString) { Database = name, Pooling = false }.ConnectionString;
                await using var database = NpgsqlDataSource.Create(there);
                await SchemaPush.Build(database, DbPush.Cells, ct);
                await using var connection = await database.OpenConnectionAsync(ct);
                return await Catalogue.OfSchemas(connection, ct);
            }
            finally
            {
                await DropOurs(admin, name, CancellationToken.None);
            }
        }
        finally
        {
            await Run(admin, $"SELECT pg_advisory_unlock({VerifyLock})", CancellationToken.None);
        }
    }

    private static async Task Make(NpgsqlConnection admin, string name, CancellationToken ct)
    {
        try
        {
            await Run(admin, $"CREATE DATABASE {Quoted(name)} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'", ct);
            await Run(admin, $"COMMENT ON DATABASE {Quoted(name)} IS '{Mark}'", ct);
        }
        catch (PostgresException error)
        {
            throw new StandaloneException(
                $"The database {name}, to compare with, cannot be made: {error.MessageText}", "give the administrator CREATEDB, or mend what it says", error);
        }
    }

    /// <summary>A database of this name that is not ours is somebody's.</summary>
    private static async Task DropOurs(NpgsqlConnection admin, string name, CancellationToken ct)
    {
        await using var ask = new NpgsqlCommand("SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = $1", admin)
        {
            Parameters = { new() { Value = name } },
        };
        if (await ask.ExecuteScalarAsync(ct) is not string comment)
            return;
        if (comment != Mark)
            throw new StandaloneException($"There is a database {name} that is not this program's", "rename it: the name is needed to compare with");
        await Run(admin, $"DROP DATABASE {Quoted(name)} WITH (FORCE)", ct);
    }

    private static string Quoted(string name) => new NpgsqlCommandBuilder().QuoteIdentifier(name);

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
