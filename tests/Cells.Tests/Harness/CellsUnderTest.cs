using WebWaka.CellKit;
using WebWaka.Identity;
using WebWaka.Transaction;

namespace WebWaka.Cells.Tests;

internal static class CellsUnderTest
{
    public static readonly CellModule[] All =
    [
        new(IdentityCell.Name, IdentityCell.Schema, builder => builder.AddIdentityCell(), app => app.MapIdentityCell()),
        new(TransactionCell.Name, TransactionCell.Schema, builder => builder.AddTransactionCell(), app => app.MapTransactionCell()),
    ];
}
