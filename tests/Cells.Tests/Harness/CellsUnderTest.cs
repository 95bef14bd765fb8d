using WebWaka.CellKit;
using WebWaka.Payments;
using WebWaka.PaystackSandbox;
using WebWaka.Transaction;

namespace WebWaka.Cells.Tests;

internal static class CellsUnderTest
{
    public static readonly CellModule[] All =
    [
        new(TransactionCell.Name, TransactionCell.Schema, builder => builder.AddTransactionCell(), app => app.MapTransactionCell()),
        new(PaymentsCell.Name, PaymentsCell.Schema, builder => builder.AddPaymentsCell(), app => app.MapPaymentsCell()),
        new(Wiring.PaystackSandbox, Schema: null, builder => builder.AddPaystackSandbox(), app => app.MapPaystackSandbox()),
    ];
}
