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
    public Promotion[] Promotions { get; init; } = [];
    public FeeRule[] Fees { get; init; } = [];
    public CashRounding[] CashRounding { get; init; } = [];
    public RuleVersions Versions { get; init; } = new();
}

/// <summary>Which versions priced a document; kept with it for ever.</summary>
public sealed record RuleVersions(string Promotions = "", string Taxes = "", string Fees = "", string CashRounding = "");

/// <summary>How amounts are rounded, frozen on the receipt.</summary>
/// <param name="Level">Tax is rounded on each line, or once per tax over the document.</param>
/// <param name="Mode">For the extension, taxes, percentages and fees.</param>
/// <param name="CompoundBase">Whether a tax on tax takes the rounded amount below it or the exact one. At document level always
/// exact.</param>
/// <param name="Step">The smallest amount in minor units (5 where the smallest unit is 0.05); for extensions, taxes and fees.</param>
public sealed record RoundingPolicy(
    RoundingLevel Level = RoundingLevel.Line,
    RoundingMode Mode = RoundingMode.HalfAwayFromZero,
    CompoundBase CompoundBase = CompoundBase.Rounded,
    long Step = 1);

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

/// <summary>Cash has coins only down to <paramref name="Step"/> minor units of <paramref name="Currency"/>.</summary>
public sealed record CashRounding(string Currency, long Step, RoundingMode Mode = RoundingMode.HalfAwayFromZero);
