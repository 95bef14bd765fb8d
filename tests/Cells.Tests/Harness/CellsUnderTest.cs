using WebWaka.CellKit;
using WebWaka.Inventory;
using WebWaka.Transaction;

namespace WebWaka.Cells.Tests;

internal static class CellsUnderTest
{
    public static readonly CellModule[] All =
    [
        new(TransactionCell.Name, TransactionCell.Schema, builder => builder.AddTransactionCell(), app => app.MapTransactionCell()),
        new(InventoryCell.Name, InventoryCell.Schema, builder => builder.AddInventoryCell(), app => app.MapInventoryCell()),
    ];
}
