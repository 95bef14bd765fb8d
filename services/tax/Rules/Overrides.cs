using WebWaka.CellKit;
using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <summary>What a tenant says in place of its pack. Kept apart from the pack, so that a new pack leaves it alone.</summary>
/// <param name="TaxClasses">Each replaces the pack's class of that code, or adds one.</param>
/// <param name="Fees">Likewise by code.</param>
/// <param name="CashRounding">Likewise by currency.</param>
/// <param name="Confirmed">Unverified rules of the pack that the owner has confirmed, by their keys.</param>
/// <param name="Zones">Which stores are in which zone; a code that the pack does not have adds a zone.</param>
internal sealed record Overrides(
    RoundingPolicy? Rounding = null, string? DefaultTaxClass = null, TaxClass[]? TaxClasses = null, FeeRule[]? Fees = null,
    CashRounding[]? CashRounding = null, string[]? Confirmed = null, TaxZone[]? Zones = null)
{
    private const int MaxClasses = 200;
    private const int MaxComponents = 40;
    private const int MaxStores = 5_000;
    private const int MaxText = 100;

    public static readonly Overrides None = new();

    public bool IsEmpty => this is { Rounding: null, DefaultTaxClass: null }
        && Empty(TaxClasses) && Empty(Fees) && Empty(CashRounding) && Empty(Confirmed) && Empty(Zones);

    /// <summary>The first fault of size or spelling, or null. Whether the rules make sense is Pricing's to say.</summary>
    public Problem? Check(Pack pack) => Fault(pack) is { } wrong ? CommonProblems.InvalidRequest.With(wrong) : null;

    /// <summary>The same with confirmations by their whole keys; those that the pack does not have (any more) are left out.</summary>
    public Overrides For(Pack pack)
    {
        if (Confirmed is null)
            return this;
        string[] keys = [.. Confirmed.SelectMany(name => Confirmable.Keys(pack, [name]) ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return this with { Confirmed = keys.Length == 0 ? null : keys };
    }

    private string? Fault(Pack pack) =>
        Each("taxClasses", TaxClasses, Fault) ?? Each("fees", Fees, Fault) ?? Each("cashRounding", CashRounding, Fault) ?? Each("zones", Zones, Fault)
        ?? Twice("taxClasses", TaxClasses?.Select(c => c.Code)) ?? Twice("fees", Fees?.Select(fee => fee.Code))
        ?? Twice("cashRounding", CashRounding?.Select(rounding => rounding.Currency)) ?? Twice("zones", Zones?.Select(zone => zone.Code))
        ?? Text("defaultTaxClass", DefaultTaxClass)
        ?? (Confirmed?.Length > MaxClasses ? $"confirmed: at most {MaxClasses}" : null)
        ?? Confirmed?.Where(key => key is null || Confirmable.Keys(pack, [key]) is null)
            .Select(key => $"confirmed: the pack has no unverified rule {Short(key)}").FirstOrDefault();

    private static string? Each<T>(string at, T[]? list, Func<string, T?, string?> fault) => list?.Length > MaxClasses
        ? $"{at}: at most {MaxClasses}"
        : list?.Select((item, i) => fault($"{at}[{i}]", item)).FirstOrDefault(wrong => wrong is not null);

    internal static string? Fault(string at, TaxClass? c) =>
        c is null ? $"{at}: null"
        : Text($"{at}.code", c.Code, required: true) ?? Text($"{at}.name", c.Name)
        ?? (c.Components.Length > MaxComponents ? $"{at}.components: at most {MaxComponents}" : null)
        ?? c.Components.Select((component, i) => Fault($"{at}.components[{i}]", component)).FirstOrDefault(fault => fault is not null);

    internal static string? Fault(string at, TaxComponent? component, bool withholding = false) =>
        component is null ? $"{at}: null"
        : Text($"{at}.code", component.Code, required: true) ?? Text($"{at}.name", component.Name)
        ?? (!withholding && component.Rate < 0 || component.AmountPerUnit < 0 ? $"{at}: a rate or amount is zero or more" : null)
        ?? Text($"{at}.version", component.Version)
        ?? (component.Zones.Length > MaxComponents || Array.Exists(component.Zones, zone => zone is null) ? $"{at}.zones: at most {MaxComponents}" : null)
        ?? (component.OnTopOf.Length > MaxComponents || Array.Exists(component.OnTopOf, code => code is null)
            ? $"{at}.onTopOf: at most {MaxComponents} codes" : null)
        ?? Local($"{at}.validFrom", component.ValidFrom) ?? Local($"{at}.validTo", component.ValidTo);

    internal static string? Fault(string at, FeeRule? fee) =>
        fee is null ? $"{at}: null"
        : Text($"{at}.code", fee.Code, required: true) ?? Text($"{at}.name", fee.Name) ?? Text($"{at}.taxClass", fee.TaxClass)
        ?? Local($"{at}.validFrom", fee.ValidFrom) ?? Local($"{at}.validTo", fee.ValidTo);

    internal static string? Fault(string at, CashRounding? rounding) =>
        rounding is null ? $"{at}: null"
        : !Currency.TryFind(rounding.Currency, out _) ? $"{at}.currency: not in ISO 4217"
        : rounding.Step is < 1 or > 1_000_000 ? $"{at}.step: 1 to 1000000" : null;

    private static string? Fault(string at, TaxZone? zone) =>
        zone is null ? $"{at}: null"
        : Text($"{at}.code", zone.Code, required: true) ?? (zone.Stores.Length > MaxStores ? $"{at}.stores: at most {MaxStores}" : null);

    internal static string? Text(string at, string? text, bool required = false) =>
        (required && string.IsNullOrWhiteSpace(text)) || text?.Length > MaxText || (text ?? "").Any(char.IsControl)
            ? $"{at}: {(required ? 1 : 0)} to {MaxText} characters, none of them a control character" : null;

    internal static string? Local(string at, DateTime? time) =>
        time is { Kind: not DateTimeKind.Unspecified } ? $"{at}: the store's local time, without an offset" : null;

    internal static string? Twice(string at, IEnumerable<string>? keys) =>
        keys?.GroupBy(key => key, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice
            ? $"{at}: {twice.Key} is there twice" : null;

    private static string Short(string? key) => key is { Length: <= MaxText } ? key : "of that name";

    private static bool Empty<T>(T[]? list) => list is null or { Length: 0 };
}
