using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Transaction;
using WebWaka.History.Audit;
using WebWaka.History.Consumers;
using WebWaka.History.Receipts;
using WebWaka.History.Refunds;
using WebWaka.History.Reports;
using WebWaka.History.Transactions;

namespace WebWaka.History;

/// <summary>The table of contents: every event that comes in, and every route. Nothing happens here: it is what has happened.</summary>
public static class HistoryCell
{
    public const string Name = Wiring.History;

    public static readonly CellSchema Schema = new(
        Name,
        (connection, context) => [new HistoryDb(ModelOptions.ForOwner<HistoryDb>(connection, Name), context)],
        AppendOnly: new HashSet<string>(StringComparer.Ordinal) { "journal", "sale_product", "audit" },
        Shared: new HashSet<string>(StringComparer.Ordinal));

    public static void AddHistoryCell(this IHostApplicationBuilder builder) =>
        builder.AddCell<HistoryDb>(Name, cell =>
        {
            cell.Consume<SaleCompleted, OnSaleCompleted>();
            cell.Consume<SaleVoided, OnSaleVoided>();
            cell.Consume<RefundCompleted, OnRefundCompleted>();
            cell.Consume<ShiftOpened, OnShiftOpened>();
            cell.Consume<ShiftClosed, OnShiftClosed>();
            cell.Consume<TenantSettingsChanged, OnTenantSettingsChanged>();
            cell.Consume<StoreChanged, OnStoreChanged>();
            cell.Consume<TillChanged, OnTillChanged>();
        });

    public static void MapHistoryCell(this WebApplication app)
    {
        var api = app.MapCell();
        ListTransactions.Map(api);
        GetTransaction.Map(api);
        ListRefunds.Map(api);
        GetRefund.Map(api);
        GetReceipt.Map(api);
        ReportSales.Map(api);
        ReportTax.Map(api);
        ListAudit.Map(api);
    }
}
