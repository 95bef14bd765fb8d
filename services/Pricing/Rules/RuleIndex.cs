using System.Collections.Frozen;

namespace WebWaka.Pricing.Rules;

/// <summary>A rule book made ready: taxes as plans, promotions sorted and found by item.</summary>
internal sealed class RuleIndex
{
    RuleIndex(RuleBook rules) => Rules = rules;

    public RuleBook Rules { get; }

    public PricingFailure? Failure { get; private init; }

    public FrozenDictionary<string, TaxTimeline> Taxes { get; private init; } = FrozenDictionary<string, TaxTimeline>.Empty;

    public PromotionIndex Promotions { get; private init; } = PromotionIndex.Empty;

    public Selector[] FeeItems { get; private init; } = [];

    public static RuleIndex Build(RuleBook rules)
    {
        try
        {
            var taxes = new Dictionary<string, TaxTimeline>(StringComparer.Ordinal);
            var failure = RuleChecks.Of(rules) ?? AddTaxes(rules, taxes);
            if (failure is not null) return new(rules) { Failure = failure };
            return new(rules)
            {
                Taxes = taxes.ToFrozenDictionary(StringComparer.Ordinal),
                Promotions = new PromotionIndex(rules.Promotions),
                FeeItems = [.. rules.Fees.Select(fee => Selector.Of(fee.Items))],
            };
        }
        catch (OverflowException)
        {
            return new(rules) { Failure = new("tax_rate_invalid", "The taxes compound beyond what can be kept exactly.") };
        }
    }

    /// <summary>The class a line or fee is in, by name or by default; null where none is known and taxes exist.</summary>
    public TaxPlan? PlanFor(string? taxClass, DateTime local, bool pricesIncludeTax)
    {
        var code = taxClass ?? Rules.DefaultTaxClass;
        if (code is null) return Taxes.Count == 0 ? TaxPlan.None : null;
        return Taxes.TryGetValue(code, out var timeline) ? timeline.At(local, pricesIncludeTax) : null;
    }

    static PricingFailure? AddTaxes(RuleBook rules, Dictionary<string, TaxTimeline> taxes)
    {
        foreach (var taxClass in rules.TaxClasses)
        {
            if (TaxTimeline.Build(taxClass, out var timeline) is { } failure) return failure;
            if (!taxes.TryAdd(taxClass.Code, timeline!)) return new("tax_class_twice", $"{taxClass.Code} is there twice.");
        }

        return null;
    }
}
