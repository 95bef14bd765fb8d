using System.Text.Json;
using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <summary>A pack and a tenant's overrides made into the rule book that <c>WebWaka.Pricing</c> reads. Pure.</summary>
internal static class RuleSet
{
    /// <summary>A class all of whose rules are unconfirmed is left out, so that its goods are refused rather than sold untaxed.</summary>
    public static RuleBook Build(Pack pack, Overrides own, bool pricesIncludeTax)
    {
        var confirmed = (own.Confirmed ?? []).ToHashSet(StringComparer.Ordinal);
        var classes = pack.Classes
            .Select(c => new TaxClass(c.Code, c.Name, [.. c.Components
                .Where(rule => rule.Verified || confirmed.Contains(Confirmable.KeyOf(c, rule.Rule))).Select(rule => rule.Rule)]))
            .Where(c => c.Components.Length > 0);
        var fees = pack.Fees.Where(rule => rule.Verified || confirmed.Contains(Confirmable.KeyOf(rule.Rule))).Select(rule => rule.Rule);
        var cash = pack.CashRounding.Where(rule => rule.Verified || confirmed.Contains(Confirmable.KeyOf(rule.Rule))).Select(rule => rule.Rule);
        var rounding = pack.Rounding is { } policy && (policy.Verified || confirmed.Contains(Confirmable.KeyOf(policy.Rule))) ? policy.Rule : null;
        return new RuleBook
        {
            PricesIncludeTax = pricesIncludeTax,
            Rounding = own.Rounding ?? rounding ?? new RoundingPolicy(),
            DefaultTaxClass = own.DefaultTaxClass ?? pack.DefaultTaxClass,
            TaxClasses = Merge(classes, own.TaxClasses, c => c.Code),
            Zones = Merge((pack.Zones ?? []).Select(zone => new TaxZone(zone.Code, [])), own.Zones, zone => zone.Code),
            ZonesRequired = pack.ZonesRequired,
            Fees = Merge(fees, own.Fees, fee => fee.Code),
            CashRounding = Merge(cash, own.CashRounding, rounding => rounding.Currency),
        };
    }

    /// <summary>What is wrong with the rules as a whole, or null. A class that the pack has and nobody confirmed yet may be named.</summary>
    public static PricingFailure? Fault(RuleBook rules, Pack pack)
    {
        if (rules.Check() is { } wrong)
            return wrong;
        var codes = rules.TaxClasses.Select(c => c.Code).Concat(pack.Classes.Select(c => c.Code)).ToHashSet(StringComparer.Ordinal);
        if (rules.DefaultTaxClass is { } code && !codes.Contains(code))
            return new PricingFailure("tax_class_unknown", $"The default class {code} is not there.");
        return Array.Find(rules.Fees, fee => fee.TaxClass is { } own && !codes.Contains(own)) is { } fee
            ? new PricingFailure("tax_class_unknown", $"The fee {fee.Code} is in a class that is not there.")
            : null;
    }

    /// <summary>The document that sales are priced by; it names the pack and the tenant's version, and receipts keep that name.</summary>
    public static string Document(RuleBook rules, string packCode, string packVersion, long version)
    {
        var name = $"{packCode}-{packVersion}.{version}";
        return JsonSerializer.Serialize(rules with { Versions = new RuleVersions(Taxes: name, Fees: name, CashRounding: name) }, PricingJson.Options);
    }

    public static RuleBook Read(string document) => JsonSerializer.Deserialize<RuleBook>(document, PricingJson.Options)!;

    private static T[] Merge<T>(IEnumerable<T> pack, T[]? own, Func<T, string> key)
    {
        var mine = (own ?? []).ToDictionary(key, StringComparer.Ordinal);
        var merged = pack.Select(rule => mine.Remove(key(rule), out var replaced) ? replaced : rule).ToList();
        merged.AddRange((own ?? []).Where(rule => mine.ContainsKey(key(rule))));
        return [.. merged];
    }
}
