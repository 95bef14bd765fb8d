using System.Text.Json;
using WebWaka.CellKit;
using WebWaka.Contracts.Tax;
using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <summary>A tenant's tax rules: the pack it follows, what it says instead, and the document made of both.</summary>
internal sealed class TaxRulesRow : ITenantRow, IVersioned
{
    public Guid TenantId { get; set; }
    public long Version { get; set; }
    public string Country { get; set; } = "";
    public string Currency { get; set; } = "";
    public string TimeZone { get; set; } = "";
    public bool PricesIncludeTax { get; set; }

    /// <summary>Of the settings that were applied; older ones are ignored.</summary>
    public long SettingsVersion { get; set; }

    public string PackCountry { get; set; } = "";
    public string PackVersion { get; set; } = "";

    /// <summary><see cref="Rules.Overrides"/> as JSON.</summary>
    public string Overrides { get; set; } = "{}";

    /// <summary>The rule book as JSON, its version that of the row.</summary>
    public string Document { get; set; } = "";

    public Overrides Own => JsonSerializer.Deserialize<Overrides>(Overrides, PricingJson.Options)!;

    public static string Write(Overrides own) => JsonSerializer.Serialize(own, PricingJson.Options);

    public TaxRulesChanged Event() => new(Version, Document);

    /// <summary>Makes the document anew for the next version. False: it would say the same, and nothing was changed.</summary>
    public bool Rebuild(Pack pack, RuleBook rules)
    {
        if (Version > 0 && RuleSet.Document(rules, pack, Version) == Document)
            return false;
        Version++;
        (PackCountry, PackVersion, Document) = (pack.Country, pack.Version, RuleSet.Document(rules, pack, Version));
        return true;
    }
}
