using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Tax;

namespace WebWaka.Cells.Tests.Kit;

public sealed class SchemaPushTests(CellsFixture cells)
{
    private string Password => new NpgsqlConnectionStringBuilder(cells.ConnectionOf("webwaka_ops")).Password!;

    [Fact]
    public async Task A_push_that_meets_another_databases_push_at_the_same_role_goes_on()
    {
        await using var database = await Scratch.Create(cells.Admin);
        await using var other = await cells.Admin.OpenConnectionAsync();
        await using var held = await other.BeginTransactionAsync();
        await Run(other, "ALTER ROLE tax_app NOCREATEDB");
        var pushing = SchemaPush.Push(database.Source, [TaxCell.Schema], _ => Password, always: true, _ => { }, CancellationToken.None);
        while (!pushing.IsCompleted && await Waiting(database.Name) == 0)
            await Task.Delay(20);
        Assert.False(pushing.IsCompleted, "the push did not wait for the role");

        await held.CommitAsync();

        await pushing;
        Assert.True((bool)(await Run(cells.Admin, "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'tax_app'"))!);
    }

    [Fact]
    public async Task Two_databases_of_one_server_are_pushed_at_once()
    {
        await using var one = await Scratch.Create(cells.Admin);
        await using var two = await Scratch.Create(cells.Admin);

        await Task.WhenAll(new[] { one, two }.Select(database =>
            SchemaPush.Push(database.Source, [TaxCell.Schema], _ => Password, always: true, _ => { }, CancellationToken.None)));

        foreach (var database in new[] { one, two })
            Assert.Equal(0L, await Run(database.Source, "SELECT count(*) FROM tax.outbox"));
    }

    [Fact]
    public async Task A_process_that_stands_still_inside_a_transaction_loses_it_and_its_locks()
    {
        foreach (var role in (string[])["tax_app", "tax_relay", "transaction_app", "transaction_relay"])
        {
            await using var source = NpgsqlDataSource.Create(cells.ConnectionOf(role));
            Assert.Equal(role.EndsWith("_app", StringComparison.Ordinal) ? "15s" : "1min", await Run(source, "SHOW idle_in_transaction_session_timeout"));
        }
    }

    [Fact]
    public async Task The_operators_role_dumps_everything()
    {
        var shop = new Shop(cells);
        await shop.Hear(new Contracts.Identity.TenantSettingsChanged(
            1, shop.Slug, "Dumped", "NG", "NGN", "Africa/Lagos", "04:00", false, null, null, "active"));
        var folder = (string)(await Run(cells.Admin, "SELECT setting FROM pg_config WHERE name = 'BINDIR'"))!;
        var program = Path.Combine(folder, "pg_dump");
        Assert.SkipUnless(File.Exists(program), $"no pg_dump in {folder}");
        var ops = new NpgsqlConnectionStringBuilder(cells.ConnectionOf("webwaka_ops"));
        ProcessStartInfo start = new(
            program, ["--enable-row-security", "-h", ops.Host!, "-p", $"{ops.Port}", "-U", ops.Username!, ops.Database!])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, Environment = { ["PGPASSWORD"] = ops.Password },
        };

        using var dump = Process.Start(start)!;
        var errors = dump.StandardError.ReadToEndAsync();
        var text = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();

        Assert.Equal((0, ""), (dump.ExitCode, await errors));
        var rows = text.Split('\n').SkipWhile(line => !line.StartsWith("COPY transaction.settings ", StringComparison.Ordinal))
            .TakeWhile(line => line != "\\.").ToList();
        Assert.Contains(rows, row => row.StartsWith(shop.Tenant.ToString(), StringComparison.Ordinal));
        foreach (var part in new[] { "COPY identity.__ef_migrations ", "setval('identity.outbox_id_seq'", "COPY payments.webhook_event " })
            Assert.Contains(part, text, StringComparison.Ordinal);
    }

    /// <summary>How many sessions of the database wait for a lock.</summary>
    private async Task<long> Waiting(string database) => (long)(await Run(
        cells.Admin, $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}' AND wait_event_type = 'Lock'"))!;

    private static async Task<object?> Run(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>An empty database beside the one under test, deleted at the end.</summary>
    private sealed class Scratch(NpgsqlDataSource admin, string name) : IAsyncDisposable
    {
        public string Name => name;

        public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(admin.ConnectionString) { Database = name, Pooling = false }.ConnectionString);

        public static async Task<Scratch> Create(NpgsqlDataSource admin)
        {
            var name = $"push_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
            await Run(admin, $"CREATE DATABASE {name}");
            return new Scratch(admin, name);
        }

        public async ValueTask DisposeAsync()
        {
            await Source.DisposeAsync();
            await Run(admin, $"DROP DATABASE {name} WITH (FORCE)");
        }
    }
}
