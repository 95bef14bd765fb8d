using System.Text.Json.Serialization;

namespace WebWaka.Pricing;

/// <summary>A cart with its price. All amounts are minor units of <see cref="Currency"/>; lines stand in order of their number.</summary>
public sealed record PricedCart
{
    public required string Currency { get; init; }
    public required PricedLine[] Lines { get; init; }

    /// <summary>Sum of the lines' gross.</summary>
    public required long Gross { get; init; }

    /// <summary>Sum of all discounts, in listed terms: with tax where prices include it.</summary>
    public required long Discount { get; init; }

    /// <summary>Sum of the lines' net, without fees.</summary>
    public required long Net { get; init; }

    /// <summary>Sum of the taxes of lines and fees.</summary>
    public required long Tax { get; init; }

    public required PricedFee[] Fees { get; init; }

    /// <summary>Sum of line totals and fee totals.</summary>
    public required long Total { get; init; }

    /// <summary>Taxes of lines and fees by code, rate and treatment.</summary>
    public required LineTax[] Taxes { get; init; }

    /// <summary>The redemptions to claim.</summary>
    public required AppliedPromotion[] Applied { get; init; }

    public required NotApplied[] NotApplied { get; init; }
    public required RuleVersions Versions { get; init; }

    /// <summary>The certificate that took the tax off, where one did.</summary>
    public string? TaxExemptionId { get; init; }

    /// <summary>Fees and taxes that were not charged and why; only where the caller asked for them or for every rule.</summary>
    public SkippedRule[]? Skipped { get; init; }

    /// <summary>Where the rule book has a programme and the customer is known, or points were to be spent.</summary>
    public PricedLoyalty? Loyalty { get; init; }
}

/// <summary>What a programme gives and takes for this cart.</summary>
/// <param name="ProgrammeId">The programme; absent where there is none.</param>
/// <param name="Version">Its version.</param>
/// <param name="Earned">Points, once the sale is completed.</param>
/// <param name="Burned">Points spent.</param>
/// <param name="Value">Minor units that they took off the lines.</param>
/// <param name="NotBurned">Why none were spent, where some were to be.</param>
public sealed record PricedLoyalty(Guid? ProgrammeId, long? Version, long Earned, long Burned, long Value, string? NotBurned = null);

/// <summary>A fee or tax that was not charged: <c>fees/BAG</c>, <c>standard/VAT@2026-01-01T00:00:00</c>.</summary>
public sealed record SkippedRule(string Rule, string Reason);

public sealed record PricedLine
{
    public required int Line { get; init; }
    public Guid? ProductId { get; init; }

    [JsonConverter(typeof(DecimalString))]
    public required decimal Quantity { get; init; }

    [JsonConverter(typeof(DecimalString))]
    public required decimal UnitPrice { get; init; }

    public string? TaxClass { get; init; }
    public required bool PricesIncludeTax { get; init; }

    /// <summary>Quantity x unit price, as listed.</summary>
    public required long Gross { get; init; }

    public required LineDiscount[] Discounts { get; init; }

    /// <summary>After discounts, without tax.</summary>
    public required long Net { get; init; }

    public required LineTax[] Taxes { get; init; }

    /// <summary>Net and its taxes.</summary>
    public required long Total { get; init; }
}

/// <summary>What was taken off a line and why. <paramref name="Base"/> is what the line cost just before.</summary>
/// <param name="Source">Who gave it.</param>
/// <param name="PromotionId">The promotion; absent for a discount by hand.</param>
/// <param name="Version">The promotion's version.</param>
/// <param name="Name">The promotion's name, or the reason of a discount by hand.</param>
/// <param name="Amount">Minor units in listed terms; positive takes off.</param>
/// <param name="Base">Minor units in listed terms.</param>
/// <param name="CouponCode">The code that earned it.</param>
public sealed record LineDiscount(
    DiscountSource Source, Guid? PromotionId, long? Version, string Name, long Amount, long Base, string? CouponCode = null);

[JsonConverter(typeof(CamelCaseEnum<DiscountSource>))]
public enum DiscountSource
{
    Promotion,
    ManualLine,
    ManualOrder,

    /// <summary>Loyalty points spent; its promotion is the programme.</summary>
    Loyalty,
}

/// <summary>One tax on one line or fee, or summed over the document.</summary>
/// <param name="Code">The component's code; EXEMPT where a certificate took the tax off.</param>
/// <param name="Rate">Percent; zero for a fixed levy.</param>
/// <param name="Base">Minor units the rate was applied to.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Included">Whether the listed price contained it.</param>
/// <param name="Treatment">Why it is nothing, where it is.</param>
/// <param name="Rule">The component: class, code and since when it is in force. Absent in sums.</param>
/// <param name="Version">Which version of the component. Absent in sums.</param>
public sealed record LineTax(
    string Code,
    [property: JsonConverter(typeof(DecimalString))] decimal Rate,
    long Base,
    long Amount,
    bool Included,
    TaxTreatment Treatment = TaxTreatment.Taxed,
    string? Rule = null,
    string? Version = null);

/// <summary>A fee with its taxes.</summary>
/// <param name="Code">The rule's code.</param>
/// <param name="Name">The rule's name.</param>
/// <param name="Net">Minor units without tax.</param>
/// <param name="Taxes">On the fee.</param>
/// <param name="Total">Net and its taxes.</param>
/// <param name="Version">The rule's version.</param>
/// <param name="Base">A percentage: the minor units it was taken of.</param>
/// <param name="Quantity">A fee per unit: how many units.</param>
/// <param name="Rate">A percentage: how much of the base.</param>
/// <param name="PerUnit">A fee per unit: minor units for each.</param>
public sealed record PricedFee(
    string Code,
    string Name,
    long Net,
    LineTax[] Taxes,
    long Total,
    string? Version = null,
    long? Base = null,
    [property: JsonConverter(typeof(DecimalString))] decimal? Quantity = null,
    [property: JsonConverter(typeof(DecimalString))] decimal? Rate = null,
    [property: JsonConverter(typeof(DecimalString))] decimal? PerUnit = null);

/// <summary>One redemption: a promotion, with the code where it needed one.</summary>
/// <param name="PromotionId">The promotion.</param>
/// <param name="Version">Its version.</param>
/// <param name="Name">Its name.</param>
/// <param name="CouponCode">The code, as typed.</param>
/// <param name="Count">How often it applied: sets for buy X get Y, otherwise 1.</param>
/// <param name="Amount">Minor units it took off, over all lines.</param>
/// <param name="Base">What those lines cost just before, in listed terms.</param>
public sealed record AppliedPromotion(
    Guid PromotionId, long Version, string Name, string? CouponCode, int Count, long Amount, long Base = 0);

/// <summary>A promotion that was in question (its items are in the cart, or its code was given) and gave nothing, with the reason's
/// code; where the caller asked for every rule, also those that were not in question.</summary>
public sealed record NotApplied(Guid? PromotionId, string? CouponCode, string Reason, long? Version = null, string? Name = null);
