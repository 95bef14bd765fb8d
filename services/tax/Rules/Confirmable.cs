using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <summary>A pack's rule that nobody has verified.</summary>
/// <param name="Key">What it is confirmed by: its name and a mark of its content, so that a newer pack's other rate asks again.</param>
/// <param name="Rule">As the pack has it.</param>
internal sealed record Unconfirmed(string Key, string Citation, JsonNode Rule);

/// <summary>
/// Names of a pack's unverified rules: <c>class/component~mark</c>, <c>fees/code~mark</c>, <c>cashRounding/currency~mark</c>,
/// <c>rounding~mark</c>. A caller may leave the mark out; it is stored with it.
/// </summary>
internal static class Confirmable
{
    private const int MarkLength = 8;

    public static Unconfirmed[] Of(Pack pack) =>
    [
        .. pack.Classes.SelectMany(c => c.Components.Where(rule => !rule.Verified).Select(rule => Of(KeyOf(c, rule.Rule), rule))),
        .. pack.Fees.Where(rule => !rule.Verified).Select(rule => Of(KeyOf(rule.Rule), rule)),
        .. pack.CashRounding.Where(rule => !rule.Verified).Select(rule => Of(KeyOf(rule.Rule), rule)),
        .. pack.Rounding is { Verified: false } rounding ? [Of(KeyOf(rounding.Rule), rounding)] : Array.Empty<Unconfirmed>(),
    ];

    public static string[] EveryKeyOf(Pack pack) => Array.ConvertAll(Of(pack), one => one.Key);

    public static string KeyOf(PackClass c, TaxComponent component) => Key($"{c.Code}/{component.Code}", component);

    public static string KeyOf(FeeRule fee) => Key($"fees/{fee.Code}", fee);

    public static string KeyOf(CashRounding rounding) => Key($"cashRounding/{rounding.Currency}", rounding);

    public static string KeyOf(RoundingPolicy policy) => Key("rounding", policy);

    /// <summary>The keys that these names mean, each once; null where one means nothing.</summary>
    public static string[]? Keys(Pack pack, IReadOnlyCollection<string> names)
    {
        var every = EveryKeyOf(pack);
        var found = new List<string>();
        foreach (var name in names)
        {
            var meant = every.Where(key => key == name || Name(key) == name).ToList();
            if (meant.Count == 0)
                return null;
            found.AddRange(meant);
        }

        return [.. found.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static Unconfirmed Of<T>(string key, Vouched<T> rule) => new(key, rule.Citation, JsonSerializer.SerializeToNode(rule.Rule, PricingJson.Options)!);

    private static string Key<T>(string name, T rule) =>
        $"{name}~{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rule, PricingJson.Options)))[..MarkLength]}";

    private static string Name(string key) => key[..^(MarkLength + 1)];
}
