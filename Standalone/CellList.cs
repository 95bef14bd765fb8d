using WebWaka.CellKit;
using WebWaka.History;
using WebWaka.Identity;
using WebWaka.Inventory;
using WebWaka.Payments;
using WebWaka.PaystackSandbox;
using WebWaka.Promotions;
using WebWaka.Tax;
using WebWaka.Transaction;

namespace WebWaka.Standalone;

/// <summary>Every Cell, one line each: what Standalone runs, `webwaka db push` makes and the tests drive.</summary>
public static class CellList
{
    public static readonly CellModule[] All =
    [
        new(IdentityCell.Name, IdentityCell.Schema, builder => builder.AddIdentityCell(), app => app.MapIdentityCell()),
        new(InventoryCell.Name, InventoryCell.Schema, builder => builder.AddInventoryCell(), app => app.MapInventoryCell()),
        new(PromotionsCell.Name, PromotionsCell.Schema, builder => builder.AddPromotionsCell(), app => app.MapPromotionsCell()),
        new(TaxCell.Name, TaxCell.Schema, builder => builder.AddTaxCell(), app => app.MapTaxCell()),
        new(TransactionCell.Name, TransactionCell.Schema, builder => builder.AddTransactionCell(), app => app.MapTransactionCell()),
        new(PaymentsCell.Name, PaymentsCell.Schema, builder => builder.AddPaymentsCell(), app => app.MapPaymentsCell()),
        new(HistoryCell.Name, HistoryCell.Schema, builder => builder.AddHistoryCell(), app => app.MapHistoryCell()),
    ];

    /// <summary>The stand-in for Paystack: no Cell, so it has no database.</summary>
    public static readonly CellModule Sandbox =
        new(Wiring.PaystackSandbox, Schema: null, builder => builder.AddPaystackSandbox(), app => app.MapPaystackSandbox());
}
