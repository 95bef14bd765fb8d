namespace WebWaka.Contracts.Transaction;

/// <summary>
/// A sale that has happened, whole: what was sold, why it cost what it did, and how it was paid. It is also the document
/// that Transaction stores and History journals, so that no two of them can differ. All amounts are minor units of
/// <c>Currency</c>; quantities and rates are decimal text. Words for money are those of docs/pricing.md.
/// </summary>
/// <param name="Number">The receipt number, of the till's gapless series.</param>
/// <param name="BusinessDate">The store's own day (its time zone and cut-off hour), <c>yyyy-MM-dd</c>.</param>
/// <param name="Rounding">Cash rounding, apart from the total: <c>Due = Total + Rounding</c>.</param>
/// <param name="TaxPoint">When it was, on the store's own clock: its local date and time chose the rates.</param>
/// <param name="TaxRounding">How taxes were rounded; absent: each on its line, half away from zero, to the minor unit.</param>
/// <param name="TaxZones">The zones that the store was in; absent: none.</param>
/// <param name="TaxExemption">The customer's certificate that took taxes off.</param>
/// <param name="NotCharged">Fees and taxes of its classes that were not charged, and why; absent: none.</param>
public sealed record SaleCompleted(
    Guid SaleId, string Number, Guid StoreId, Guid TillId, Guid ShiftId, Guid CashierId, string BusinessDate, DateTimeOffset CompletedAt,
    string Currency, bool PricesIncludeTax, SaleLine[] Lines, SaleFee[] Fees, SaleTender[] Tenders, Redemption[] Redemptions,
    long Gross, long Discount, long Net, long Tax, long Total, long Rounding, long Due, long Change, string RulesVersion, Guid? CustomerId, string? Note,
    DateTimeOffset? TaxPoint = null, SaleTaxRounding? TaxRounding = null, string[]? TaxZones = null, string? TaxExemption = null,
    NotCharged[]? NotCharged = null, SaleLoyalty? Loyalty = null);

/// <summary>The rounding policy that a sale was priced by, for ever: its words are those of docs/pricing.md.</summary>
public sealed record SaleTaxRounding(string Level, string Mode, string CompoundBase, long Step, string Components);

/// <param name="Rule">As a tax or fee names it: <c>standard/VAT@2026-01-01T00:00:00</c>, <c>fees/BAG</c>.</param>
public sealed record NotCharged(string Rule, string Reason);

/// <summary>Loyalty points of the sale's customer.</summary>
/// <param name="Value">Minor units that the points spent took off; they are among the lines' discounts.</param>
public sealed record SaleLoyalty(Guid Programme, long Version, long Earned, long Burned, long Value);

/// <param name="Line">From 1, in the order rung up.</param>
/// <param name="Net">After discounts, without tax, also when prices include it.</param>
/// <param name="Total">Net plus its taxes.</param>
/// <param name="Stocked">Whether it moves stock.</param>
public sealed record SaleLine(
    int Line, Guid? ProductId, string? Sku, string Name, string Quantity, string UnitPrice, string TaxClass, bool Stocked,
    long Gross, LineDiscount[] Discounts, long Net, LineTax[] Taxes, long Total, bool PricesIncludeTax = false);

/// <param name="Promotion">The promotion's id, or null for a discount given by hand.</param>
/// <param name="Version">Of the promotion; 0 for a discount given by hand.</param>
/// <param name="Base">What the line cost just before.</param>
/// <param name="Coupon">The code that earned it.</param>
public sealed record LineDiscount(Guid? Promotion, string Name, long Version, long Amount, long? Base = null, string? Coupon = null);

/// <param name="Rate">Percent, as decimal text.</param>
/// <param name="Included">Whether the listed price contained it.</param>
/// <param name="Treatment">Why it is nothing, where it is: <c>zeroRated</c>, <c>exempt</c>, <c>suspended</c>, <c>outOfScope</c>; null when taxed.</param>
/// <param name="Rule">The component it comes from: its class, code and since when that is in force.</param>
/// <param name="Version">Of that rule. A refund carries the sale's.</param>
public sealed record LineTax(
    string Code, string Rate, long Base, long Amount, bool Included = false, string? Treatment = null, string? Rule = null, string? Version = null);

/// <param name="Rule"><c>fees/</c> and its code.</param>
/// <param name="Base">A percentage: the minor units that <paramref name="Rate"/> percent was taken of.</param>
/// <param name="Quantity">A fee per unit: how many, at <paramref name="PerUnit"/> minor units each.</param>
public sealed record SaleFee(
    string Code, string Name, long Net, LineTax[] Taxes, long Total, string? Rule = null, string? Version = null, long? Base = null,
    string? Quantity = null, string? Rate = null, string? PerUnit = null);

/// <param name="Tender">From 1.</param>
/// <param name="Method"><c>cash</c>, <c>card</c>, <c>paystack</c>, or one of the tenant's own.</param>
/// <param name="Amount">What it pays of what is due.</param>
/// <param name="Tendered">What was handed over; never less than the amount.</param>
public sealed record SaleTender(int Tender, string Method, long Amount, long Tendered, string? Reference);

/// <summary>One promotion given in one sale, with the coupon that opened it, if any. One per promotion and coupon.</summary>
public sealed record Redemption(Guid PromotionId, string? Coupon, long Amount);

/// <summary>A completed sale was taken back whole before its shift closed: stock, coupons and tenders go back.</summary>
public sealed record SaleVoided(
    Guid SaleId, string Number, Guid StoreId, Guid TillId, Guid ShiftId, Guid VoidedBy, string BusinessDate, DateTimeOffset VoidedAt,
    string Reason, string Currency, StockReturn[] Stock, Redemption[] Redemptions, SaleTender[] Tenders, long Total);

/// <summary>Stock that comes back to the store. Quantity is decimal text, positive.</summary>
public sealed record StockReturn(int Line, Guid ProductId, string Quantity);

/// <summary>Money given back for a completed sale, whole or in part, at the original's rates and prorated discounts.</summary>
/// <param name="Number">The credit note's number, of the till's refund series.</param>
/// <param name="Redemptions">Promotions given back because the sale is now refunded whole; empty otherwise.</param>
public sealed record RefundCompleted(
    Guid RefundId, Guid SaleId, string Number, string SaleNumber, Guid StoreId, Guid TillId, Guid ShiftId, Guid RefundedBy, string BusinessDate,
    DateTimeOffset CompletedAt, string Reason, string Currency, RefundLine[] Lines, SaleFee[] Fees, SaleTender[] Tenders,
    Redemption[] Redemptions, long Gross, long Discount, long Net, long Tax, long Total, long Rounding, long Due, RefundLoyalty? Loyalty = null);

/// <summary>Points the refund took back of those the sale had earned, and gave back of those it had spent; both positive.</summary>
public sealed record RefundLoyalty(long TakenBack, long GivenBack);

/// <summary>What comes back of one line of the sale; amounts are positive. <c>Restock</c>: the goods go back on the shelf.</summary>
public sealed record RefundLine(
    int Line, Guid? ProductId, string? Sku, string Name, string Quantity, bool Restock, long Gross, long Discount, long Net, LineTax[] Taxes, long Total);

public sealed record ShiftOpened(
    Guid ShiftId, Guid StoreId, Guid TillId, Guid OpenedBy, string BusinessDate, DateTimeOffset OpenedAt, string Currency, long Float);

/// <summary>A shift was counted and closed. <c>Variance = Counted - Expected</c>, minor units of the drawer's currency.</summary>
public sealed record ShiftClosed(
    Guid ShiftId, Guid StoreId, Guid TillId, Guid ClosedBy, string BusinessDate, DateTimeOffset ClosedAt, string Currency,
    int ZNumber, long Float, long CashSales, long CashRefunds, long PaidIn, long PaidOut, long Expected, long Counted, long Variance, string? Reason);
