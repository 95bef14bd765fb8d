using WebWaka.Contracts.Transaction;
using WebWaka.History.Journal;
using WebWaka.History.Transactions;

namespace WebWaka.History.Refunds;

/// <summary>A refund's whole document. Amounts are positive: what went back to the customer, minor units of <c>Currency</c>.</summary>
public sealed record RefundAnswer(
    Guid Id, Guid SaleId, string Number, string SaleNumber, string Status, string BusinessDate, DateTimeOffset CompletedAt, Guid StoreId, Guid TillId,
    Guid ShiftId, Guid RefundedBy, string Reason, string Currency, RefundLine[] Lines, SaleFee[] Fees, SaleTender[] Tenders, Redemption[] Redemptions,
    long Gross, long Discount, long Net, long Tax, long Total, long Rounding, long Due)
{
    internal static RefundAnswer Of(JournalRow row)
    {
        var d = row.Read<RefundCompleted>();
        return new RefundAnswer(
            d.RefundId, d.SaleId, d.Number, d.SaleNumber, SaleStates.Completed, d.BusinessDate, d.CompletedAt, d.StoreId, d.TillId,
            d.ShiftId, d.RefundedBy, d.Reason, d.Currency, d.Lines, d.Fees, d.Tenders, d.Redemptions,
            d.Gross, d.Discount, d.Net, d.Tax, d.Total, d.Rounding, d.Due);
    }
}
