using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using WebWaka.CellKit;

namespace WebWaka.Identity.Tenants;

/// <summary>What a new tenant of a country begins with. Data, not code: <c>Countries/*.json</c>, each pack from its date on.</summary>
internal sealed record Country(string Code, string Name, Country.Pack[] Packs)
{
    public sealed record Pack(
        DateOnly From, string Currency, string TimeZone, bool PricesIncludeTax, string Language, string DayCutoff, string TaxAuthority, string TaxIdLabel);

    private static readonly FrozenDictionary<string, Country> All = ReadAll();

    public static Country? Find(string code) => All.GetValueOrDefault(code);

    /// <summary>The pack in force: the latest that has begun; before the first of them, the first.</summary>
    public Pack On(DateOnly day) => Packs.Where(pack => pack.From <= day).MaxBy(pack => pack.From) ?? Packs.MinBy(pack => pack.From)!;

    private static FrozenDictionary<string, Country> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith("Countries/", StringComparison.Ordinal)).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            return JsonSerializer.Deserialize<Country>(stream, Json.Options)!;
        }).ToFrozenDictionary(country => country.Code, StringComparer.Ordinal);
    }
}
