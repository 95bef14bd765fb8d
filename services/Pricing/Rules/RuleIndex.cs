using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace WebWaka.Pricing.Rules;

/// <summary>A rule book made ready: taxes as plans for each zone, promotions sorted and found by item.</summary>
internal sealed class RuleIndex
{
    const int MaxTables = 256;

    readonly ConcurrentDictionary<string, TaxTable> tables = new(StringComparer.Ordinal);
    FrozenDictionary<Guid, string[]> zonesOfStores = FrozenDictionary<Guid, string[]>.Empty;
    FrozenSet<string> zones = FrozenSet<string>.Empty;
    bool zoned;

    RuleIndex(RuleBook rules) => Rules = rules;

    public RuleBook Rules { get; }

    public PricingFailure? Failure { get; private init; }

    public PromotionIndex Promotions { get; private init; } = PromotionIndex.Empty;

    public FeeIndex[] Fees { get; private init; } = [];

    public IndexedLoyalty? Loyalty { get; private init; }

    public static RuleIndex Build(RuleBook rules)
    {
        if (RuleChecks.Of(rules) is { } wrong) return new(rules) { Failure = wrong };
        var index = new RuleIndex(rules)
        {
            Promotions = new PromotionIndex(rules.Promotions),
            Fees = [.. rules.Fees.Select(fee => new FeeIndex(fee))],
            Loyalty = rules.Loyalty is { } programme ? new IndexedLoyalty(programme) : null,
            zonesOfStores = rules.Zones.SelectMany(zone => zone.Stores.Select(store => (store, zone.Code)))
                .GroupBy(pair => pair.store, pair => pair.Code)
                .ToFrozenDictionary(g => g.Key, g => g.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()),
            zones = rules.Zones.Select(zone => zone.Code).ToFrozenSet(StringComparer.Ordinal),
            zoned = rules.TaxClasses.Any(c => c.Components.Any(component => component.Zones.Length > 0)),
        };
        // What a store can meet is worked out now, so that a fault is found when rules are checked.
        string[][] met = [[], .. rules.Zones.Select(zone => new[] { zone.Code }), .. index.zonesOfStores.Values];
        foreach (var set in met)
            if (index.TableFor(set, out _) is { } failure) return new(rules) { Failure = failure };
        return index;
    }

    /// <summary>The zones of a sale: those it names, else its store's; in order, each once. Null where one is not known.</summary>
    public string[]? ZonesOf(Cart cart)
    {
        if (cart.Zones is not { } named) return zonesOfStores.TryGetValue(cart.StoreId, out var own) ? own : [];
        return Array.TrueForAll(named, zones.Contains)
            ? [.. named.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : null;
    }

    /// <summary>The taxes in these zones, made at their first use.</summary>
    public PricingFailure? TableFor(string[] inZones, out TaxTable table)
    {
        var key = zoned ? string.Join('\n', inZones) : "";
        if (tables.TryGetValue(key, out table!)) return null;
        if (TaxTable.Build(Rules, inZones, out table) is { } failure) return failure;
        if (tables.Count < MaxTables) tables.TryAdd(key, table);
        return null;
    }
}

/// <summary>A fee with its decimals as whole numbers.</summary>
internal sealed class FeeIndex(FeeRule rule)
{
    public FeeRule Rule { get; } = rule;

    public Selector Items { get; } = Selector.Of(rule.Items);

    /// <summary>Minor units x 10^4.</summary>
    public long Amount { get; } = Limits.Scaled(rule.Amount, Limits.PricePlaces);

    /// <summary>Percent x 10^6.</summary>
    public long Rate { get; } = Limits.Scaled(rule.Rate, Limits.RatePlaces);
}

/// <summary>The tax classes as they are in one set of zones.</summary>
internal sealed class TaxTable(string? byDefault, FrozenDictionary<string, TaxTimeline> classes)
{
    /// <summary>The class a line or fee is in, by name or by default; null where none is known and taxes exist.</summary>
    public TaxPlan? PlanFor(string? taxClass, DateTime local, bool pricesIncludeTax)
    {
        var code = taxClass ?? byDefault;
        if (code is null) return classes.Count == 0 ? TaxPlan.None : null;
        return classes.TryGetValue(code, out var timeline) ? timeline.At(local, pricesIncludeTax) : null;
    }

    public static PricingFailure? Build(RuleBook rules, string[] zones, out TaxTable table)
    {
        var classes = new Dictionary<string, TaxTimeline>(StringComparer.Ordinal);
        table = new(null, FrozenDictionary<string, TaxTimeline>.Empty);
        try
        {
            foreach (var taxClass in rules.TaxClasses)
            {
                if (TaxTimeline.Build(rules, taxClass, zones, out var timeline) is { } failure) return failure;
                if (!classes.TryAdd(taxClass.Code, timeline!)) return new("tax_class_twice", $"{taxClass.Code} is there twice.");
            }
        }
        catch (OverflowException)
        {
            return new("tax_rate_invalid", "The taxes compound beyond what can be kept exactly.");
        }

        table = new(rules.DefaultTaxClass, classes.ToFrozenDictionary(StringComparer.Ordinal));
        return null;
    }
}
