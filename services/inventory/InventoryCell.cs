using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Tax;
using WebWaka.Contracts.Transaction;
using WebWaka.Inventory.Consumers;
using WebWaka.Inventory.Products;
using WebWaka.Inventory.Stock;

namespace WebWaka.Inventory;

/// <summary>The table of contents: every event that comes in, and every route.</summary>
public static class InventoryCell
{
    public const string Name = Wiring.Inventory;

    public static readonly CellSchema Schema = new(
        Name,
        (connection, context) => [new InventoryDb(ModelOptions.ForOwner<InventoryDb>(connection, Name), context)],
        AppendOnly: new HashSet<string>(StringComparer.Ordinal) { "stock_movement" },
        Shared: new HashSet<string>(StringComparer.Ordinal)) { Retell = Retold.Events };

    public static void AddInventoryCell(this IHostApplicationBuilder builder)
    {
        builder.AddCell<InventoryDb>(Name, cell =>
        {
            cell.Consume<TenantSettingsChanged, OnTenantSettingsChanged>();
            cell.Consume<StoreChanged, OnStoreChanged>();
            cell.Consume<TaxRulesChanged, OnTaxRulesChanged>();
            cell.Consume<SaleCompleted, OnSaleCompleted>();
            cell.Consume<SaleVoided, OnSaleVoided>();
            cell.Consume<RefundCompleted, OnRefundCompleted>();
        });
    }

    public static void MapInventoryCell(this WebApplication app)
    {
        var api = app.MapCell().RefuseCardNumbers();
        ListProducts.Map(api);
        GetProduct.Map(api);
        CreateProduct.Map(api);
        SaveProductBatch.Map(api);
        ReplaceProduct.Map(api);
        ListCategories.Map(api);

        ListStock.Map(api);
        ListConflicts.Map(api);
        ListMovements.Map(api);
        MoveStock.Map(api);
    }
}
