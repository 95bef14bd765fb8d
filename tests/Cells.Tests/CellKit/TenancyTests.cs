using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>The traps of row-level security (security.md section 2), each walked into.</summary>
[Collection(nameof(Probe))]
public sealed class TenancyTests(Probe probe)
{
    private const string Count = "SELECT count(*) FROM probe.thing";
    private readonly (Guid A, Guid B) _tenant = (Probe.NewId(), Probe.NewId());

    [Fact]
    public async Task The_owner_of_the_tables_is_bound_too()
    {
        await probe.Add(_tenant.A);
        await using var connection = await probe.Admin.OpenConnectionAsync();
        await Run(connection, "SET ROLE probe_owner");
        Assert.Equal(0L, await Scalar(connection, Count));
        await Refused("42501", Run(connection, $"INSERT INTO probe.thing (tenant_id, id, name) VALUES ('{_tenant.A}', '{Probe.NewId()}', 'x')"));
        await Run(connection, "RESET ROLE");
    }

    [Fact]
    public async Task A_further_permissive_policy_widens_nothing()
    {
        await probe.Add(_tenant.A);
        await probe.Run("CREATE POLICY careless ON probe.thing AS PERMISSIVE TO probe_app USING (true) WITH CHECK (true)");
        try
        {
            await using var connection = await As(_tenant.B);
            Assert.Equal(0L, await Scalar(connection, Count));
            await Refused("42501", Run(connection, $"INSERT INTO probe.thing (tenant_id, id, name) VALUES ('{_tenant.A}', '{Probe.NewId()}', 'x')"));
        }
        finally
        {
            await probe.Run("DROP POLICY careless ON probe.thing");
        }
    }

    [Fact]
    public async Task A_row_cannot_be_moved_to_another_tenant()
    {
        var id = await probe.Add(_tenant.A);
        await using var connection = await As(_tenant.A);
        await Refused("42501", Run(connection, $"UPDATE probe.thing SET tenant_id = '{_tenant.B}' WHERE id = '{id}'"));
    }

    [Fact]
    public async Task A_row_cannot_point_at_another_tenants()
    {
        var theirs = await probe.Add(_tenant.A);
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => probe.Add(_tenant.B, parent: theirs));
        Assert.Equal("23503", Assert.IsType<PostgresException>(refused.InnerException).SqlState);
        await probe.Add(_tenant.A, parent: theirs);
    }

    [Fact]
    public async Task An_id_that_another_tenant_has_is_free()
    {
        var id = await probe.Add(_tenant.A);
        await using var connection = await As(_tenant.B);
        await Run(connection, $"INSERT INTO probe.thing (tenant_id, id, name) VALUES ('{_tenant.B}', '{id}', 'mine')");
        Assert.Equal(1L, await Scalar(connection, Count));
    }

    [Fact]
    public async Task Without_a_tenant_nothing_is_read_and_nothing_written_also_after_one()
    {
        await probe.Add(_tenant.A);
        await using var connection = await As(_tenant.A);
        Assert.Equal(1L, await Scalar(connection, Count));
        await Run(connection, "COMMIT");
        // Not NULL but empty now, which is no uuid either.
        Assert.Equal("", await Scalar(connection, "SELECT current_setting('app.tenant_id', true)"));
        Assert.Equal(0L, await Scalar(connection, Count));
        await Refused("42501", Run(connection, $"INSERT INTO probe.thing (tenant_id, id, name) VALUES ('{_tenant.A}', '{Probe.NewId()}', 'x')"));
    }

    [Fact]
    public async Task A_connection_forgets_the_tenant_with_the_transaction_even_without_a_pools_reset()
    {
        await using var db = probe.Db();
        await db.Database.OpenConnectionAsync();
        Assert.Equal(0, await db.InTenant(_tenant.A, () => db.Things.CountAsync(), CancellationToken.None));
        Assert.Equal("", await Scalar((NpgsqlConnection)db.Database.GetDbConnection(), "SELECT current_setting('app.tenant_id', true)"));
    }

    [Fact]
    public async Task Outside_of_a_tenant_no_command_is_sent()
    {
        await using var db = probe.Db();
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Things.CountAsync());
        db.Things.Add(new ThingRow { TenantId = _tenant.A, Id = Probe.NewId(), Name = "x" });
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => db.SaveChangesAsync());
        Assert.IsType<InvalidOperationException>(refused.GetBaseException());
        Assert.Throws<InvalidOperationException>(() => db.Publish(new Noted(Probe.NewId(), "x")));
        Assert.Equal(0, await probe.Things(_tenant.A));
    }

    [Fact]
    public async Task Inside_of_a_tenant_another_ones_row_cannot_be_written_nor_another_be_entered()
    {
        await using var db = probe.Db();
        await Assert.ThrowsAsync<DbUpdateException>(() => db.InTenant(_tenant.A, () =>
        {
            db.Things.Add(new ThingRow { TenantId = _tenant.B, Id = Probe.NewId(), Name = "x" });
            return Task.FromResult(true);
        }, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            db.InTenant(_tenant.A, () => db.InTenant(_tenant.B, () => db.Things.CountAsync(), CancellationToken.None), CancellationToken.None));
        Assert.Equal(0, await probe.Things(_tenant.B));
    }

    [Fact]
    public async Task A_context_that_is_used_again_knows_nothing_of_the_tenant_before()
    {
        var services = new ServiceCollection().AddSingleton(probe.App).AddSingleton(new CellContext(ProbeDb.Schema, TimeProvider.System, new OutboxSignal()));
        services.AddDb<ProbeDb>();
        await using var provider = services.BuildServiceProvider();
        using var stop = new CancellationTokenSource();
        var used = await Use(db => db.InTenant(_tenant.A, () =>
        {
            db.Things.Add(new ThingRow { Id = Probe.NewId(), Name = "kept" });
            return Task.FromResult(true);
        }, CancellationToken.None));
        Assert.Same(used, await Use(db => Assert.ThrowsAsync<FormatException>(() => db.InTenant<bool>(_tenant.A, () =>
        {
            db.Things.Add(new ThingRow { Id = Probe.NewId(), Name = "given up" });
            db.Commits = CommitPoints.Any;
            throw new FormatException();
        }, CancellationToken.None))));
        Assert.Same(used, await Use(db => Assert.ThrowsAnyAsync<OperationCanceledException>(() => db.InTenant(_tenant.A, async () =>
        {
            await stop.CancelAsync();
            return await db.Things.ToListAsync(stop.Token);
        }, stop.Token))));
        Assert.Equal(1, await probe.Things(_tenant.A));

        async Task<ProbeDb> Use(Func<ProbeDb, Task> work)
        {
            await using var scope = provider.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ProbeDb>();
            Assert.Null(db.Tenant);
            Assert.Null(db.Commits);
            Assert.Empty(db.ChangeTracker.Entries());
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.Things.CountAsync());
            Assert.Equal(0, await db.InTenant(_tenant.B, () => db.Things.CountAsync(), CancellationToken.None));
            await work(db);
            return db;
        }
    }

    [Fact]
    public async Task A_problem_or_an_exception_writes_nothing()
    {
        await using var db = probe.Db();
        var outcome = await db.InTenant<bool>(_tenant.A, async () =>
        {
            db.Things.Add(new ThingRow { Id = Probe.NewId(), Name = "x" });
            await db.SaveChangesAsync();
            return CommonProblems.NotFound;
        }, CancellationToken.None);
        Assert.Equal(CommonProblems.NotFound, outcome.Problem);
        await Assert.ThrowsAsync<FormatException>(() => db.InTenant<bool>(_tenant.A, async () =>
        {
            db.Things.Add(new ThingRow { Id = Probe.NewId(), Name = "x" });
            await db.SaveChangesAsync();
            throw new FormatException();
        }, CancellationToken.None));
        Assert.Equal(0, await probe.Things(_tenant.A));
    }

    [Theory]
    [InlineData("SUPERUSER")]
    [InlineData("BYPASSRLS")]
    [InlineData("IN ROLE probe_owner")]
    public async Task A_role_that_policies_do_not_bind_is_refused_at_the_start(string right)
    {
        var role = $"probe_{Probe.NewId():N}";
        await probe.Run($"CREATE ROLE {role} LOGIN PASSWORD 'only-for-tests' {right}");
        try
        {
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(probe.Admin.ConnectionString)
            {
                Username = role, Password = "only-for-tests", Pooling = false,
            }.ConnectionString);
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Guard(source).StartAsync(CancellationToken.None));
            Assert.Contains("probe_app", refused.Message);
        }
        finally
        {
            await probe.Run($"DROP ROLE {role}");
        }
    }

    [Fact]
    public async Task The_Cells_own_role_may_start() => await Guard(probe.App).StartAsync(CancellationToken.None);

    private static RoleGuard Guard(NpgsqlDataSource source) => new(new CellContext(ProbeDb.Schema, TimeProvider.System, new OutboxSignal()), source);

    private async Task<NpgsqlConnection> As(Guid tenant)
    {
        var connection = await probe.App.OpenConnectionAsync();
        await Run(connection, $"BEGIN; SELECT set_config('app.tenant_id', '{tenant}', true)");
        return connection;
    }

    private static async Task Refused(string state, Task work) => Assert.Equal(state, (await Assert.ThrowsAsync<PostgresException>(() => work)).SqlState);

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
