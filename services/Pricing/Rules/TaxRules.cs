using System.Text.Json.Serialization;

namespace WebWaka.Pricing;

/// <summary>A product's tax treatment by name (standard, basic-food); its components carry their own dates.</summary>
public sealed record TaxClass(string Code, string Name, TaxComponent[] Components);

/// <summary>One tax or levy of a class. Intervals are half-open in store-local time.</summary>
public sealed record TaxComponent
{
    public required string Code { get; init; }
    public string Name { get; init; } = "";
    public TaxKind Kind { get; init; }

    /// <summary>Percent with at most six decimals; zero where <see cref="Kind"/> is fixedPerUnit or the treatment is not taxed.</summary>
    [JsonConverter(typeof(DecimalString))]
    public decimal Rate { get; init; }

    /// <summary>Minor units per unit of quantity, at most four decimals; only for fixedPerUnit.</summary>
    [JsonConverter(typeof(DecimalString))]
    public decimal AmountPerUnit { get; init; }

    /// <summary>Codes of this class whose amount joins this one's base. No circle.</summary>
    public string[] OnTopOf { get; init; } = [];

    /// <summary>Whether the listed price contains this tax; absent: as the line's prices do.</summary>
    public bool? Included { get; init; }

    public TaxTreatment Treatment { get; init; }
    public DateTime? ValidFrom { get; init; }
    public DateTime? ValidTo { get; init; }

    /// <summary>Only where the sale is in one of these zones; empty: everywhere.</summary>
    public string[] Zones { get; init; } = [];

    /// <summary>Which version of the rule; absent: the rule book's.</summary>
    public string? Version { get; init; }
}

[JsonConverter(typeof(CamelCaseEnum<TaxKind>))]
public enum TaxKind
{
    /// <summary>Rate x base.</summary>
    Percent,

    /// <summary>Amount x quantity.</summary>
    FixedPerUnit,

    /// <summary>Rate x the price that contains this tax (Brazil).</summary>
    Division,
}

/// <summary>Five ways to pay, four of them nothing; reports keep them apart.</summary>
[JsonConverter(typeof(CamelCaseEnum<TaxTreatment>))]
public enum TaxTreatment
{
    Taxed,
    ZeroRated,
    Exempt,
    Suspended,
    OutOfScope,
}

/// <summary>A charge beside the goods: bag, delivery, service charge, tip. Its amount includes tax where the rule book's prices
/// do.</summary>
public sealed record FeeRule
{
    public required string Code { get; init; }
    public string Name { get; init; } = "";
    public FeeKind Kind { get; init; }

    /// <summary>Minor units: per unit of the matching lines (at most four decimals) or once per document. One per document may be
    /// below zero: a rebate, of at most what lines and earlier fees come to.</summary>
    [JsonConverter(typeof(DecimalString))]
    public decimal Amount { get; init; }

    /// <summary>Percent of what the matching lines cost after discounts.</summary>
    [JsonConverter(typeof(DecimalString))]
    public decimal Rate { get; init; }

    /// <summary>False: no tax is charged on the fee (a tip, an untaxed bag levy).</summary>
    public bool InTaxBase { get; init; }

    /// <summary>The fee's own class; absent: the rule book's default.</summary>
    public string? TaxClass { get; init; }

    /// <summary>Taxed as the lines it is for, split over them by what they cost: a compulsory service charge.</summary>
    public bool TaxedAsItems { get; init; }

    /// <summary>Percent: codes of fees before this one whose amount joins its base.</summary>
    public string[] OnTopOf { get; init; } = [];

    /// <summary>False: charged only where the cart names it.</summary>
    public bool Automatic { get; init; } = true;

    /// <summary>Which lines it is for; absent: all.</summary>
    public ItemSelector? Items { get; init; }

    public string[] Zones { get; init; } = [];
    public Guid[] Stores { get; init; } = [];

    /// <summary>Customers of these groups do not pay it.</summary>
    public string[] ExemptCustomerGroups { get; init; } = [];

    /// <summary>Store-local, half-open.</summary>
    public DateTime? ValidFrom { get; init; }
    public DateTime? ValidTo { get; init; }

    /// <summary>Which version of the rule; absent: the rule book's.</summary>
    public string? Version { get; init; }
}

[JsonConverter(typeof(CamelCaseEnum<FeeKind>))]
public enum FeeKind
{
    FixedPerUnit,
    FixedPerDocument,
    Percent,

    /// <summary>The cart says how much.</summary>
    Open,
}
