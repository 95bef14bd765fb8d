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

    /// <summary>The pack's code.</summary>
    public string PackCountry { get; set; } = "";
    public string PackVersion { get; set; } = "";

    /// <summary><see cref="Rules.Overrides"/> as JSON.</summary>
    public string Overrides { get; set; } = "{}";

    /// <summary>The rule book as JSON, its version that of the row.</summary>
    public string Document { get; set; } = "";

    public Overrides Own => JsonSerializer.Deserialize<Overrides>(Overrides, PricingJson.Options)!;

    public RuleBook Rules => RuleSet.Read(Document);

    private static string Write(Overrides own) => JsonSerializer.Serialize(own, PricingJson.Options);

    public TaxRulesChanged Event() => new(Version, Document);

    /// <summary>Takes the pack and the overrides as the next version; customers' certificates stay. False: they say what is there already.</summary>
    public bool Rebuild(Pack pack, Overrides own, RuleBook rules)
    {
        var overrides = Write(own);
        var stays = Version == 0 ? rules : rules with { Exemptions = Rules.Exemptions };
        if (Version > 0 && overrides == Overrides && RuleSet.Document(stays, pack.Code, pack.Version, Version) == Document)
            return false;
        (PackCountry, PackVersion, Overrides) = (pack.Code, pack.Version, overrides);
        Restate(stays);
        return true;
    }

    /// <summary>These rules as the next version, of the same pack and with the same overrides.</summary>
    public void Restate(RuleBook rules)
    {
        Version++;
        Document = RuleSet.Document(rules, PackCountry, PackVersion, Version);
    }
}
