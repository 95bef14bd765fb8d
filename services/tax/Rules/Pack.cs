using System.Text.Json.Serialization;
using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <summary>A country's or region's taxes as data, with the source of each: one dated, versioned file. pack.schema.json says the same.</summary>
/// <param name="Code">ISO 3166: <c>GH</c>, or <c>CA-QC</c> for a part of a country. The file's name.</param>
/// <param name="Country">ISO 3166-1 alpha-2; <c>ZZ</c> is for countries that have no pack. A tenant begins with the pack that has its country's
/// code.</param>
/// <param name="Version"><c>2026.1</c>: goes up with every change of the file.</param>
/// <param name="Date">When its sources were last read, <c>yyyy-MM-dd</c>.</param>
/// <param name="Citation">The law.</param>
/// <param name="Zones">Jurisdictions inside; the tenant says which of its stores are in which.</param>
/// <param name="ZonesRequired">Whether a store outside of every zone sells nothing.</param>
internal sealed record Pack(
    string Code, string Country, string Name, string Version, string Date, string Citation, string Currency, string DefaultTaxClass,
    PackClass[] Classes, Vouched<FeeRule>[] Fees, Vouched<CashRounding>[] CashRounding, string[] Notes, PackZone[]? Zones = null,
    bool ZonesRequired = false, Vouched<RoundingPolicy>? Rounding = null, [property: JsonPropertyName("$schema")] string? Schema = null)
{
    public const string NoCountry = "ZZ";
}

internal sealed record PackClass(string Code, string Name, Vouched<TaxComponent>[] Components, string? Note = null);

internal sealed record PackZone(string Code, string Name);

/// <summary>A rule with its legal citation. One that is not verified does nothing until the tenant's owner has confirmed it.</summary>
internal sealed record Vouched<T>(T Rule, string Citation, bool Verified);
