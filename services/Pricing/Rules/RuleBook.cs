using System.Text.Json.Serialization;

namespace WebWaka.Pricing;

/// <summary>Every rule that prices a cart. Build it once per version and keep it: its index is made at the first use.
/// Its arrays must not be changed afterwards.</summary>
public sealed partial record RuleBook
{
    public bool PricesIncludeTax { get; init; }
    public RoundingPolicy Rounding { get; init; } = new();

    /// <summary>For lines that name no class. Absent: such a line is a failure unless there are no classes at all.</summary>
    public string? DefaultTaxClass { get; init; }

    public TaxClass[] TaxClasses { get; init; } = [];

    /// <summary>Jurisdictions and the stores in them; components and fees may be for some zones only.</summary>
    public TaxZone[] Zones { get; init; } = [];

    /// <summary>Whether a class needs a tax in force where the store is: where taxes differ by place, none would mean untaxed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ZonesRequired { get; init; }

    public Promotion[] Promotions { get; init; } = [];
    public FeeRule[] Fees { get; init; } = [];
    public CashRounding[] CashRounding { get; init; } = [];
    public LoyaltyProgramme? Loyalty { get; init; }
    public RuleVersions Versions { get; init; } = new();

    /// <summary>Certificates of customers. Pricing takes the cart's: whoever makes the cart finds it by <see cref="ExemptionOf"/>.</summary>
    public CustomerExemption[]? Exemptions { get; init; }
}

/// <summary>A certificate and whose it is.</summary>
public sealed record CustomerExemption(Guid CustomerId, TaxExemption Certificate);

/// <summary>Which versions priced a document; kept with it for ever.</summary>
public sealed record RuleVersions(string Promotions = "", string Taxes = "", string Fees = "", string CashRounding = "");

/// <summary>How amounts are rounded, frozen on the receipt.</summary>
/// <param name="Level">Tax is rounded on each line, or once per tax over the document.</param>
/// <param name="Mode">For the extension, taxes, percentages and fees.</param>
/// <param name="CompoundBase">Whether a tax on tax takes the rounded amount below it or the exact one. At document level always
/// exact.</param>
/// <param name="Step">The smallest amount in minor units (5 where the smallest unit is 0.05); for extensions, taxes and fees.</param>
/// <param name="Components">Whether each tax is rounded, or their sum (stacked state, county and city rates) and then split.</param>
public sealed record RoundingPolicy(
    RoundingLevel Level = RoundingLevel.Line,
    RoundingMode Mode = RoundingMode.HalfAwayFromZero,
    CompoundBase CompoundBase = CompoundBase.Rounded,
    long Step = 1,
    ComponentRounding Components = ComponentRounding.Each);

[JsonConverter(typeof(CamelCaseEnum<ComponentRounding>))]
public enum ComponentRounding
{
    Each,

    /// <summary>Included taxes together and taxes on top together; compounding is then always exact.</summary>
    Together,
}

[JsonConverter(typeof(CamelCaseEnum<RoundingLevel>))]
public enum RoundingLevel
{
    Line,
    Document,
}

[JsonConverter(typeof(CamelCaseEnum<CompoundBase>))]
public enum CompoundBase
{
    Rounded,
    Exact,
}

/// <summary>A jurisdiction: where its stores sell, components and fees for this zone apply.</summary>
public sealed record TaxZone(string Code, Guid[] Stores);

/// <summary>Cash has coins only down to <paramref name="Step"/> minor units of <paramref name="Currency"/>.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Step">Minor units.</param>
/// <param name="Mode">On the absolute value, so that paying out mirrors taking in.</param>
/// <param name="AppliesTo">The cash part only, or the total whatever pays it.</param>
public sealed record CashRounding(
    string Currency, long Step, RoundingMode Mode = RoundingMode.HalfAwayFromZero, RoundedTenders AppliesTo = RoundedTenders.Cash);

[JsonConverter(typeof(CamelCaseEnum<RoundedTenders>))]
public enum RoundedTenders
{
    Cash,
    All,
}
