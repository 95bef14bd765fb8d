using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <summary>A country's taxes as data, with the source of each: one dated, versioned file in Packs/.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; <c>ZZ</c> is for countries that have no pack.</param>
/// <param name="Version">Changes with every change of the file.</param>
/// <param name="Date">When its sources were last read, <c>yyyy-MM-dd</c>.</param>
internal sealed record Pack(
    string Country, string Name, string Version, string Date, string Currency, string DefaultTaxClass,
    PackClass[] Classes, Vouched<FeeRule>[] Fees, Vouched<CashRounding>[] CashRounding, string[] Notes)
{
    public const string NoCountry = "ZZ";
}

internal sealed record PackClass(string Code, string Name, Vouched<TaxComponent>[] Components, string? Note = null);

/// <summary>A rule with its legal citation. One that is not verified does nothing until the tenant's owner has confirmed it.</summary>
internal sealed record Vouched<T>(T Rule, string Citation, bool Verified);
