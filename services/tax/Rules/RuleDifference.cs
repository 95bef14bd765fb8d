using System.Text.Json;
using System.Text.Json.Nodes;
using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <param name="Rule"><c>standard/VAT@2026-01-01T00:00:00</c>, <c>fees/BAG</c>, <c>cashRounding/ZAR</c>, <c>zones/US-MA</c>, or a setting by its name.</param>
/// <param name="Kind"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
internal sealed record RuleChange(string Rule, string Kind, JsonNode? Before, JsonNode? After);

/// <summary>Two rule books compared rule by rule. Pure.</summary>
internal static class RuleDifference
{
    public static RuleChange[] Of(RuleBook before, RuleBook after)
    {
        var (old, fresh) = (Named(before), Named(after));
        return
        [
            .. from name in old.Keys.Union(fresh.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
               let was = old.GetValueOrDefault(name)
               let becomes = fresh.GetValueOrDefault(name)
               where was?.ToJsonString() != becomes?.ToJsonString()
               select new RuleChange(name, was is null ? "added" : becomes is null ? "removed" : "changed", was, becomes),
        ];
    }

    private static Dictionary<string, JsonNode> Named(RuleBook rules)
    {
        var named = new Dictionary<string, JsonNode>(StringComparer.Ordinal)
        {
            ["rounding"] = Node(rules.Rounding), ["zonesRequired"] = Node(rules.ZonesRequired), ["defaultTaxClass"] = Node(rules.DefaultTaxClass ?? ""),
        };
        foreach (var taxClass in rules.TaxClasses)
        {
            named[taxClass.Code] = Node(taxClass.Name);
            foreach (var component in taxClass.Components)
                named[NameOf(taxClass, component, named)] = Node(component);
        }

        foreach (var fee in rules.Fees)
            named[$"fees/{fee.Code}"] = Node(fee);
        foreach (var cash in rules.CashRounding)
            named[$"cashRounding/{cash.Currency}"] = Node(cash);
        foreach (var zone in rules.Zones)
            named[$"zones/{zone.Code}"] = Node(zone);
        return named;
    }

    /// <summary>As receipts name it; one code may be there several times from one day on, for other zones.</summary>
    private static string NameOf(TaxClass taxClass, TaxComponent component, Dictionary<string, JsonNode> taken)
    {
        var name = component.ValidFrom is { } from ? $"{taxClass.Code}/{component.Code}@{from:yyyy-MM-dd'T'HH:mm:ss}" : $"{taxClass.Code}/{component.Code}";
        var free = name;
        for (var again = 2; taken.ContainsKey(free); again++)
            free = $"{name} {again}";
        return free;
    }

    private static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, PricingJson.Options)!;
}
