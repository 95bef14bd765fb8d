using Npgsql;
using WebWaka.CellKit;
using WebWaka.Tool.Db;
using WebWaka.Tool.Db.Compare;

namespace WebWaka.Database.Tests.Db;

public sealed class MigrateTests(SoldDatabase sold)
{
    [Fact]
    public async Task Two_at_once_migrate_once_and_back_up_once()
    {
        await using var copy = await sold.Take();
        await GoBack(copy);
        using var folder = new Folder();
        var sales = await copy.Run("SELECT count(*) FROM transaction.sale");

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Tool.Run(sold, copy.Admin, "db", "migrate", "--backups", folder.Path).Ok()));

        Assert.Single(folder.Backups);
        Assert.Single(both, said => said.Output.Contains("Every migration has been applied: no backup is needed.", StringComparison.Ordinal));
        Assert.Single(both, said => said.Output.Contains(" rows, ", StringComparison.Ordinal));
        Assert.Equal(sales, await copy.Run("SELECT count(*) FROM transaction.sale"));
        Assert.Empty(await DbVerify.Compare(copy.Admin, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_up_to_date_may_be_migrated_again_and_only_then_is_a_backup_left_out()
    {
        await using var copy = await sold.Take();
        using var folder = new Folder();

        var said = await Tool.Run(sold, copy.Admin, "db", "migrate", "--backups", folder.Path).Ok();

        Assert.Contains("0 migrations were applied.", said.Output, StringComparison.Ordinal);
        Assert.Empty(folder.Backups);
        await GoBack(copy);
        said = await Tool.Run(sold, copy.Admin, "db", "migrate", "--no-backup").Ok();
        Assert.Contains("schema transaction", said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("0 migrations were applied.", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_database_is_migrated_without_a_backup()
    {
        await using var copy = await sold.Empty();

        var said = await Tool.Run(sold, copy.Admin, "db", "migrate").Ok();

        Assert.Contains("There is nothing in this database yet", said.Output, StringComparison.Ordinal);
        Assert.Empty(await DbVerify.Compare(copy.Admin, CancellationToken.None));
    }

    [Fact]
    public async Task A_database_that_is_newer_than_the_code_is_left_as_it_is()
    {
        await using var copy = await sold.Take();
        await GoBack(copy);
        await copy.Run("INSERT INTO tax.__ef_migrations VALUES ('29991231000000_Later', '99')");
        using var folder = new Folder();
        var before = await Facts(copy);

        await Tool.Run(sold, copy.Admin, "db", "migrate", "--backups", folder.Path)
            .Refuses("The database is newer than this program, which does not know tax 29991231000000_Later");

        Assert.Equal(before, await Facts(copy));
        Assert.Empty(folder.Backups);
    }

    [Fact]
    public async Task Without_its_backup_nothing_is_migrated()
    {
        await using var copy = await sold.Take();
        await GoBack(copy);
        using var folder = new Folder();
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        var before = await Facts(copy);

        await Tool.Run(sold, copy.Admin, "db", "migrate", "--backups", file).Refuses(file);

        Assert.Equal(before, await Facts(copy));
    }

    [Fact]
    public async Task A_push_waits_for_anothers_longer_than_commands_may_take()
    {
        await using var copy = await sold.Take();
        await using var other = await copy.Source.OpenConnectionAsync();
        await using (var hold = new NpgsqlCommand($"SELECT pg_advisory_lock({0x57454257414B41})", other))
            await hold.ExecuteNonQueryAsync();
        var impatient = new NpgsqlConnectionStringBuilder(copy.Admin) { CommandTimeout = 1 }.ConnectionString;

        var pushing = Tool.Run(sold, impatient, "db", "push");
        while ((long)(await copy.Run("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"))! == 0 && !pushing.IsCompleted)
            await Task.Delay(50);
        await Task.Delay(1500);
        await other.CloseAsync();

        await pushing.Ok();
    }

    /// <summary>Takes the last migration of each Cell back, as an older program has the database.</summary>
    internal async Task GoBack(Copy copy)
    {
        await SchemaPush.Prepare(copy.Source, DbPush.Cells, _ => sold.Password, (_, db) =>
            Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetMigrations(db.Database).ToArray() is [.., var last, _] ? last
                : Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetMigrations(db.Database).Single(), CancellationToken.None);
    }

    private static async Task<IReadOnlyList<Fact>> Facts(Copy copy)
    {
        await using var admin = await copy.Source.OpenConnectionAsync();
        return await Catalogue.OfSchemas(admin, CancellationToken.None);
    }
}
