namespace WebWaka.Pricing.Rules;

/// <summary>The plans of one tax class through time: one pair (prices without tax, prices with tax) between two changes.</summary>
internal sealed class TaxTimeline(DateTime[] changes, TaxPlan[] exclusive, TaxPlan[] inclusive)
{
    /// <param name="local">Store-local time; an interval starts at its first instant and ends before its last.</param>
    /// <param name="pricesIncludeTax">The price mode.</param>
    public TaxPlan At(DateTime local, bool pricesIncludeTax)
    {
        var at = changes.Length;
        while (at > 0 && changes[at - 1] > local) at--;
        return pricesIncludeTax ? inclusive[at] : exclusive[at];
    }

    public static PricingFailure? Build(RuleBook book, TaxClass rules, string[] zones, out TaxTimeline? timeline)
    {
        timeline = null;
        if (TaxChecks.Of(rules) is { } failure) return failure;
        var here = rules.Components.Where(c => c.Zones.Length == 0 || c.Zones.Any(zone => Array.IndexOf(zones, zone) >= 0)).ToArray();
        var changes = here.SelectMany(c => new[] { c.ValidFrom, c.ValidTo })
            .OfType<DateTime>().Distinct().Order().ToArray();
        var exclusive = new TaxPlan[changes.Length + 1];
        var inclusive = new TaxPlan[changes.Length + 1];
        for (var i = 0; i <= changes.Length; i++)
        {
            var start = i == 0 ? DateTime.MinValue : changes[i - 1];
            var live = here.Where(c => Covers(c, i == 0, start)).ToArray();
            if (TaxPlanner.Plan(book, rules.Code, live, pricesIncludeTax: false, out exclusive[i]) is { } without) return without;
            if (TaxPlanner.Plan(book, rules.Code, live, pricesIncludeTax: true, out inclusive[i]) is { } with) return with;
        }

        timeline = new TaxTimeline(changes, exclusive, inclusive);
        return null;
    }

    static bool Covers(TaxComponent component, bool beforeAll, DateTime start) =>
        (component.ValidFrom is not { } from || (!beforeAll && from <= start)) &&
        (component.ValidTo is not { } to || beforeAll || start < to);
}
