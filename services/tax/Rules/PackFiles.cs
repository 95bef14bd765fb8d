using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <summary>Packs as they lie in a folder: all of them are sound or the whole folder is refused, in one line with file and fault.</summary>
internal static partial class PackFiles
{
    private const int MaxBytes = 1 << 20;
    private const int MaxCitation = 2_000;

    private static readonly JsonSerializerOptions Strict = new(PricingJson.Options)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>The files of packs in order of name; a schema that lies beside them is none.</summary>
    public static FileInfo[] In(string folder) =>
    [
        .. new DirectoryInfo(folder).GetFiles("*.json").Where(file => !file.Name.EndsWith(".schema.json", StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    /// <exception cref="StartException">A file has a fault: the message names both.</exception>
    public static Pack[] Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new StartException($"There is no folder of tax packs {folder}", "Make it, or leave Tax__PacksFolder out");
        return Array.ConvertAll(In(folder), Read);
    }

    private static Pack Read(FileInfo file)
    {
        try
        {
            if (file.Length > MaxBytes)
                throw new JsonException($"it is larger than {MaxBytes} bytes");
            var pack = JsonSerializer.Deserialize<Pack>(File.ReadAllBytes(file.FullName), Strict) ?? throw new JsonException("it is null");
            return Fault(pack, file.Name) is { } fault ? throw new JsonException(fault) : pack;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The tax pack {file.FullName} cannot be used: {error.Message.TrimEnd('.')}", "Mend the file or take it away", error);
        }
    }

    internal static string? Fault(Pack pack, string file)
    {
        if (!CodePattern().IsMatch(pack.Code) || file != $"{pack.Code}.json")
            return $"code: {pack.Code} is not ISO 3166, or not the file's name";
        if (!pack.Code.Split('-')[0].Equals(pack.Country, StringComparison.Ordinal))
            return $"country: {pack.Country} is not what the code begins with";
        if (!VersionPattern().IsMatch(pack.Version))
            return $"version: {pack.Version} is not a year, a dot and a number";
        if (!DateOnly.TryParseExact(pack.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return $"date: {pack.Date} is not yyyy-MM-dd";
        if (pack.Country != Pack.NoCountry && !Currency.TryFind(pack.Currency, out _))
            return $"currency: {pack.Currency} is not in ISO 4217";
        return FaultOfParts(pack) ?? FaultOfRules(pack);
    }

    private static string? FaultOfParts(Pack pack) =>
        Cited("citation", pack.Citation)
        ?? pack.Classes.Select((c, i) => Overrides.Fault($"classes[{i}]", new TaxClass(c.Code, c.Name, [.. c.Components.Select(rule => rule.Rule)]))
            ?? c.Components.Select((rule, k) => Cited($"classes[{i}].components[{k}].citation", rule.Citation)).FirstOrDefault(Is)).FirstOrDefault(Is)
        ?? pack.Fees.Select((rule, i) => Overrides.Fault($"fees[{i}]", rule.Rule) ?? Cited($"fees[{i}].citation", rule.Citation)).FirstOrDefault(Is)
        ?? pack.CashRounding.Select((rule, i) =>
            Overrides.Fault($"cashRounding[{i}]", rule.Rule) ?? Cited($"cashRounding[{i}].citation", rule.Citation)).FirstOrDefault(Is)
        ?? (pack.Rounding is { } rounding ? Cited("rounding.citation", rounding.Citation) : null)
        ?? (pack.Zones ?? []).Select((zone, i) => Overrides.Text($"zones[{i}].code", zone.Code, required: true)).FirstOrDefault(Is)
        ?? Overrides.Twice("classes", pack.Classes.Select(c => c.Code))
        ?? (Array.Exists(pack.Classes, c => c.Code == pack.DefaultTaxClass) ? null : $"defaultTaxClass: there is no class {pack.DefaultTaxClass}");

    /// <summary>What is unverified may be confirmed one day: it must be sound as well.</summary>
    private static string? FaultOfRules(Pack pack)
    {
        foreach (var confirmed in new[] { [], Confirmable.EveryKeyOf(pack) })
        {
            if (RuleSet.Fault(RuleSet.Build(pack, new Overrides(Confirmed: confirmed), pricesIncludeTax: true), pack) is { } fault)
                return $"{fault.Code}: {fault.Detail}";
        }

        return null;
    }

    private static string? Cited(string at, string text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > MaxCitation || text.Any(char.IsControl) ? $"{at}: 1 to {MaxCitation} characters" : null;

    private static bool Is(string? fault) => fault is not null;

    [GeneratedRegex("^[A-Z]{2}(-[A-Z0-9]{1,10}){0,3}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"^\d{4}\.\d{1,4}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex VersionPattern();
}
