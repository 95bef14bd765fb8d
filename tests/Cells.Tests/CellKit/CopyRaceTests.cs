using Npgsql;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Inventory;
using WebWaka.Contracts.Tax;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>Two replicas with two versions of the same thing at the same moment: the newer stays, whichever commits last.</summary>
public sealed class CopyRaceTests(CellsFixture cells)
{
    [Theory]
    [InlineData("history", "till", "version")]
    [InlineData("history", "store", "version")]
    [InlineData("history", "settings", "version")]
    [InlineData("inventory", "store", "version")]
    [InlineData("inventory", "settings", "version")]
    [InlineData("inventory", "tax_classes", "version")]
    [InlineData("promotions", "customer", "version")]
    [InlineData("tax", "product", "version")]
    [InlineData("tax", "tax_rules", "settings_version")]
    [InlineData("transaction", "customer", "groups_version")]
    [InlineData("transaction", "till", "version")]
    [InlineData("transaction", "store", "version")]
    [InlineData("transaction", "settings", "version")]
    public async Task Of_two_versions_that_are_taken_at_once_the_newer_stays(string cell, string table, string version)
    {
        var (shop, id) = (new Shop(cells), NewId());
        Task Hear(long n) => table switch
        {
            "till" => shop.Hear(new TillChanged(id, n, id, "T01", $"Till {n}", false)),
            "customer" => shop.Hear(new CustomerChanged(id, n, [$"group {n}"], false)),
            "product" => shop.Hear(new ProductChanged(id, n, "SKU", $"Product {n}", "1", "standard", null, null, [], [], true, false)),
            "tax_classes" => shop.Hear(new TaxRulesChanged(n, """{"taxClasses": []}""")),
            "store" => shop.Hear(new StoreChanged(id, n, "S1", $"Store {n}", null, "Africa/Lagos", "04:00", false)),
            _ => shop.Hear(new TenantSettingsChanged(n, shop.Slug, $"Shop {n}", "NG", "NGN", "Africa/Lagos", "04:00", true, null, null, "active")),
        };
        await Hear(1);
        await using var connection = await cells.Ops.OpenConnectionAsync();
        await using var holding = await connection.BeginTransactionAsync();
        // Both have to wait for the row, the newer version first.
        await using (var hold = new NpgsqlCommand($"SELECT FROM {cell}.{table} WHERE tenant_id = $1 FOR UPDATE", connection))
        {
            hold.Parameters.Add(new NpgsqlParameter { Value = shop.Tenant });
            await hold.ExecuteNonQueryAsync();
        }

        var newer = Hear(3);
        await Task.Delay(500);
        var older = Hear(2);
        await Task.Delay(500);
        Assert.False(newer.IsCompleted || older.IsCompleted, "somebody did not wait");
        await holding.CommitAsync();
        await Task.WhenAll(newer, older);
        await using var read = cells.Ops.CreateCommand($"SELECT {version} FROM {cell}.{table} WHERE tenant_id = $1");
        read.Parameters.Add(new NpgsqlParameter { Value = shop.Tenant });
        Assert.Equal(3L, await read.ExecuteScalarAsync());
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
