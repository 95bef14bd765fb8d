using System.Text.Json.Nodes;
using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <summary>A tenant's tax rules as the API gives them. <c>Version</c> is also the ETag.</summary>
/// <param name="Pack">What the country's pack gave.</param>
/// <param name="Overrides">What the tenant says instead.</param>
/// <param name="Rules">Both together: the rule book of <c>WebWaka.Pricing</c> that sales are priced by.</param>
internal sealed record TaxRulesAnswer(
    long Version, string Country, string Currency, bool PricesIncludeTax, PackInUse Pack, Overrides Overrides, JsonNode Rules)
{
    public static TaxRulesAnswer Of(TaxRulesRow row, PackShelf packs)
    {
        var latest = packs.For(row.PackCountry);
        var own = row.Own;
        string[] unconfirmed = [.. Overrides.EveryKeyOf(latest).Except(own.Confirmed ?? [], StringComparer.Ordinal)];
        return new(
            row.Version, row.Country, row.Currency, row.PricesIncludeTax,
            new PackInUse(row.PackCountry, row.PackVersion, latest.Version, unconfirmed), own, JsonNode.Parse(row.Document)!);
    }
}

/// <param name="Latest">Differs from <paramref name="Version"/> where a newer pack waits to be taken.</param>
/// <param name="Unconfirmed">Rules of the pack that nobody has verified: they do nothing until the owner confirms them.</param>
internal sealed record PackInUse(string Country, string Version, string Latest, string[] Unconfirmed);
