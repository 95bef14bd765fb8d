using System.Text.Json;
using System.Text.Json.Serialization;
using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <summary>The packs that this version of the product was shipped with, by country. A pack with a fault stops the process at start.</summary>
internal sealed class PackShelf
{
    private static readonly JsonSerializerOptions Strict = new(PricingJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Dictionary<string, Pack> _packs;

    public PackShelf()
    {
        var assembly = typeof(PackShelf).Assembly;
        _packs = assembly.GetManifestResourceNames()
            .Where(name => name.Contains(".Packs.", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
            .Select(name =>
            {
                using var file = assembly.GetManifestResourceStream(name)!;
                return Read(file, name);
            })
            .ToDictionary(pack => pack.Country, StringComparer.Ordinal);
    }

    /// <summary>In order of country, without the one for countries that have none.</summary>
    public IEnumerable<Pack> All => _packs.Values.Where(pack => pack.Country != Pack.NoCountry).OrderBy(pack => pack.Country, StringComparer.Ordinal);

    /// <summary>The country's pack, or the one that charges nothing where there is none.</summary>
    public Pack For(string country) => _packs.TryGetValue(country, out var pack) ? pack : _packs[Pack.NoCountry];

    private static Pack Read(Stream file, string name)
    {
        var pack = JsonSerializer.Deserialize<Pack>(file, Strict) ?? throw new InvalidDataException($"{name} is empty.");
        // What is unverified may be confirmed one day: it must be sound as well.
        foreach (var confirmed in new[] { [], Overrides.EveryKeyOf(pack) })
        {
            if (RuleSet.Fault(RuleSet.Build(pack, new Overrides(Confirmed: confirmed), pricesIncludeTax: true)) is { } fault)
                throw new InvalidDataException($"{name}: {fault.Detail}");
        }

        return pack;
    }
}
