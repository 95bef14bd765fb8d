using System.Globalization;

namespace WebWaka.Pricing.Rules;

/// <summary>Turns the components live at one time into a plan: order, exact shares, included or on top.</summary>
internal static class TaxPlanner
{
    const long ProbedAmount = 1_000_000_000_000;
    const long ProbedQuantity = 1_000_000 * 100_000L;

    public static PricingFailure? Plan(RuleBook book, string taxClass, TaxComponent[] live, bool pricesIncludeTax, out TaxPlan plan)
    {
        plan = TaxPlan.None;
        if (live.GroupBy(c => c.Code, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            return new("tax_code_twice", $"{taxClass}/{twice.Key} is valid twice at one time.");
        if (Ordered(live) is not { } ordered)
            return new("tax_circle", $"The taxes of {taxClass} stand on each other in a circle.");
        // Shares of the price that contains them add up; what is left of the price is their base.
        var left = Rational.One;
        foreach (var component in ordered.Where(c => c.Kind == TaxKind.Division)) left -= RateOf(component);
        if (left.Numerator <= 0) return new("tax_rate_invalid", $"The shares of the price in {taxClass} leave nothing.");

        var parts = new TaxPart[ordered.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Part(ordered, i, parts, pricesIncludeTax, left, Named(taxClass, ordered[i]), book.Versions.Taxes);
            if (parts[i].Included && Array.Exists(parts[i].OnTopOf, below => !parts[below].Included))
                return new("tax_included_on_excluded", $"{taxClass}/{ordered[i].Code} is in the price but stands on one that is not.");
        }

        if (parts.Where(p => p.Included).Aggregate(Rational.One, (sum, p) => sum + p.Share).Numerator <= 0)
            return new("tax_rate_invalid", $"The included taxes of {taxClass} take more than the price.");
        plan = new TaxPlan(parts);
        // Rates too fine to be kept exactly on large amounts overflow here, when rules are checked, rather than at a till.
        foreach (var part in parts) plan.OfListed<Int128>(part, ProbedAmount, ProbedQuantity);
        return null;
    }

    static TaxPart Part(
        TaxComponent[] ordered, int at, TaxPart[] done, bool pricesIncludeTax, Rational left, string name, string version)
    {
        var rule = ordered[at];
        var below = Enumerable.Range(0, at).Where(i => rule.OnTopOf.Contains(ordered[i].Code, StringComparer.Ordinal)).ToArray();
        var rate = rule.Kind == TaxKind.Division ? RateOf(rule) / left : RateOf(rule);
        var perUnit = Limits.Scaled(rule.AmountPerUnit, Limits.PricePlaces);
        var share = rate * below.Aggregate(Rational.One, (sum, i) => sum + done[i].Share);
        var levy = new Rational(perUnit, 1) + rate * below.Aggregate(Rational.Zero, (sum, i) => sum + done[i].Levy);
        if (rule.Kind == TaxKind.FixedPerUnit) share = Rational.Zero;
        return new TaxPart(rule, rule.Included ?? pricesIncludeTax, below, rate, perUnit, share, levy)
        {
            Name = name,
            Version = rule.Version ?? (version.Length == 0 ? null : version),
        };
    }

    /// <summary>Class, code and since when: which of the components with this code it is.</summary>
    public static string Named(string taxClass, TaxComponent component) => component.ValidFrom is { } from
        ? $"{taxClass}/{component.Code}@{from.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)}"
        : $"{taxClass}/{component.Code}";

    static Rational RateOf(TaxComponent component) => Rational.Percent(Limits.Scaled(component.Rate, Limits.RatePlaces));

    /// <summary>Each after those it stands on, otherwise as written; null where they stand in a circle.</summary>
    static TaxComponent[]? Ordered(TaxComponent[] live)
    {
        var waiting = live.ToList();
        var ordered = new List<TaxComponent>(live.Length);
        while (waiting.Count > 0)
        {
            var next = waiting.FindIndex(c => !waiting.Exists(other => c.OnTopOf.Contains(other.Code, StringComparer.Ordinal)));
            if (next < 0) return null;
            ordered.Add(waiting[next]);
            waiting.RemoveAt(next);
        }

        return [.. ordered];
    }
}
