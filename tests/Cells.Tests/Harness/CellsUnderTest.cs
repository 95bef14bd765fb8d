using WebWaka.CellKit;
using WebWaka.Promotions;
using WebWaka.Tax;
using WebWaka.Transaction;

namespace WebWaka.Cells.Tests;

internal static class CellsUnderTest
{
    public static readonly CellModule[] All =
    [
        new(PromotionsCell.Name, PromotionsCell.Schema, builder => builder.AddPromotionsCell(), app => app.MapPromotionsCell()),
        new(TaxCell.Name, TaxCell.Schema, builder => builder.AddTaxCell(), app => app.MapTaxCell()),
        new(TransactionCell.Name, TransactionCell.Schema, builder => builder.AddTransactionCell(), app => app.MapTransactionCell()),
    ];
}
