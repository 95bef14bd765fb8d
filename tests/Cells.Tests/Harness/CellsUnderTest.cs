using WebWaka.CellKit;
using WebWaka.History;
using WebWaka.Transaction;

namespace WebWaka.Cells.Tests;

internal static class CellsUnderTest
{
    public static readonly CellModule[] All =
    [
        new(TransactionCell.Name, TransactionCell.Schema, builder => builder.AddTransactionCell(), app => app.MapTransactionCell()),
        new(HistoryCell.Name, HistoryCell.Schema, builder => builder.AddHistoryCell(), app => app.MapHistoryCell()),
    ];
}
