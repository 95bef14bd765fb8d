using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebWaka.CellKit;

namespace WebWaka.Inventory;

/// <summary>The catalogue as it is now, archived products too.</summary>
internal static class Retold
{
    public static async IAsyncEnumerable<object> Events(NpgsqlConnection connection, CellContext context, Guid tenant, DateTimeOffset since)
    {
        await using var db = new InventoryDb(ModelOptions.ForOwner<InventoryDb>(connection, InventoryCell.Name), context);
        await foreach (var product in db.Products.AsNoTracking().Where(row => row.TenantId == tenant).AsAsyncEnumerable())
            yield return product.ToEvent();
    }
}
