using System.Text.Json;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.History.Journal;
using WebWaka.History.Refunds;

namespace WebWaka.History.Transactions;

/// <summary>A void as the sale's document shows it.</summary>
public sealed record Voided(DateTimeOffset At, Guid By, string Reason);

/// <summary>A sale's whole document with what became of it. Amounts are minor units of <c>Currency</c>.</summary>
/// <param name="Status"><c>completed</c> or <c>voided</c>.</param>
/// <param name="Refunded">Sum of the refunds' totals.</param>
public sealed record TransactionAnswer(
    Guid Id, string Number, string Status, string BusinessDate, DateTimeOffset CompletedAt, Guid StoreId, Guid TillId, Guid ShiftId, Guid CashierId,
    Guid? CustomerId, string Currency, bool PricesIncludeTax, SaleLine[] Lines, SaleFee[] Fees, SaleTender[] Tenders, Redemption[] Redemptions,
    long Gross, long Discount, long Net, long Tax, long Total, long Rounding, long Due, long Change, string RulesVersion, string? Note,
    long Refunded, RefundAnswer[] Refunds, Voided? Voided, DateTimeOffset? TaxPoint, SaleTaxRounding? TaxRounding, string[]? TaxZones, string? TaxExemption,
    NotCharged[]? NotCharged)
{
    internal static TransactionAnswer Of(SaleRow sale, SaleCompleted d, RefundAnswer[] refunds, SaleVoided? voided) => new(
        d.SaleId, d.Number, sale.State, d.BusinessDate, d.CompletedAt, d.StoreId, d.TillId, d.ShiftId, d.CashierId,
        d.CustomerId, d.Currency, d.PricesIncludeTax, d.Lines, d.Fees, d.Tenders, d.Redemptions,
        d.Gross, d.Discount, d.Net, d.Tax, d.Total, d.Rounding, d.Due, d.Change, d.RulesVersion, d.Note,
        sale.Refunded, refunds, voided is null ? null : new Voided(voided.VoidedAt, voided.VoidedBy, voided.Reason),
        d.TaxPoint, d.TaxRounding, d.TaxZones, d.TaxExemption, d.NotCharged);
}

internal static class Documents
{
    /// <summary>A journaled document as its event's record.</summary>
    public static T Read<T>(this JournalRow row) => JsonSerializer.Deserialize<T>(row.Document, Json.Tolerant)!;
}
