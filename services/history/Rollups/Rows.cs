using WebWaka.CellKit;

namespace WebWaka.History.Rollups;

// Sums of stored facts by till and business date, minor units. They hold what reports need of any number of sales, and can be
// made again from the journal (Rebuild). A currency is part of the key: sums of two never mix.

/// <summary>Voided sales are not in the sums of sales, only in <see cref="Voids"/> and <see cref="Voided"/>. Refunds stand apart, positive.</summary>
internal sealed class DailySalesRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public DateOnly BusinessDate { get; init; }
    public Guid StoreId { get; init; }
    public Guid TillId { get; init; }
    public required string Currency { get; init; }
    public long Sales { get; init; }
    public long Gross { get; init; }
    public long Discount { get; init; }
    public long Net { get; init; }

    /// <summary>Fees without tax.</summary>
    public long Fees { get; init; }

    public long Tax { get; init; }
    public long Total { get; init; }
    public long Rounding { get; init; }
    public long Voids { get; init; }
    public long Voided { get; init; }
    public long Refunds { get; init; }
    public long RefundGross { get; init; }
    public long RefundDiscount { get; init; }
    public long RefundNet { get; init; }
    public long RefundFees { get; init; }
    public long RefundTax { get; init; }
    public long RefundTotal { get; init; }
    public long RefundRounding { get; init; }
}

internal sealed class DailyTenderRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public DateOnly BusinessDate { get; init; }
    public Guid StoreId { get; init; }
    public Guid TillId { get; init; }
    public required string Currency { get; init; }
    public required string Method { get; init; }
    public long Count { get; init; }
    public long Amount { get; init; }
    public long RefundCount { get; init; }
    public long RefundAmount { get; init; }
}

/// <summary>One tax at one rate. <see cref="Treatment"/> keeps apart what is taxed, zero-rated, exempt, suspended and out of scope.</summary>
internal sealed class DailyTaxRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public DateOnly BusinessDate { get; init; }
    public Guid StoreId { get; init; }
    public Guid TillId { get; init; }
    public required string Currency { get; init; }
    public required string Code { get; init; }

    /// <summary>Percent, as decimal text.</summary>
    public required string Rate { get; init; }

    public required string Treatment { get; init; }
    public long Base { get; init; }
    public long Amount { get; init; }
    public long RefundBase { get; init; }
    public long RefundAmount { get; init; }
}
