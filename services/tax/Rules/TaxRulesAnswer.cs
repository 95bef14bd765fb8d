using System.Text.Json.Nodes;
using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <summary>A tenant's tax rules as the API gives them. <c>Version</c> is also the ETag.</summary>
/// <param name="Pack">What the pack gave.</param>
/// <param name="Overrides">What the tenant says instead.</param>
/// <param name="Rules">Both together: the rule book of <c>WebWaka.Pricing</c> that sales are priced by.</param>
internal sealed record TaxRulesAnswer(
    long Version, string Country, string Currency, bool PricesIncludeTax, PackInUse Pack, Overrides Overrides, JsonNode Rules)
{
    public static TaxRulesAnswer Of(TaxRulesRow row, PackShelf packs)
    {
        var latest = packs.For(row.PackCountry);
        var own = row.Own;
        Unconfirmed[] waiting = [.. Confirmable.Of(latest).Where(rule => own.Confirmed?.Contains(rule.Key, StringComparer.Ordinal) != true)];
        return new(
            row.Version, row.Country, row.Currency, row.PricesIncludeTax,
            new PackInUse(row.PackCountry, latest.Country, row.PackVersion, latest.Version, latest.Date, latest.Citation, waiting), own,
            JsonNode.Parse(row.Document)!);
    }
}

/// <param name="Latest">Differs from <paramref name="Version"/> where a newer pack waits to be taken: <c>POST /api/tax/packs/{code}/apply</c>.</param>
/// <param name="Date">When the latest one's sources were read.</param>
/// <param name="Unconfirmed">Rules of it that nobody has verified: they do nothing until the owner confirms them.</param>
internal sealed record PackInUse(
    string Code, string Country, string Version, string Latest, string Date, string Citation, Unconfirmed[] Unconfirmed);
