using WebWaka.CellKit;
using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <summary>What a tenant says in place of its country's pack. Kept apart from the pack, so that a new pack leaves it alone.</summary>
/// <param name="TaxClasses">Each replaces the pack's class of that code, or adds one.</param>
/// <param name="Fees">Likewise by code.</param>
/// <param name="CashRounding">Likewise by currency.</param>
/// <param name="Confirmed">Unverified rules of the pack that the owner has confirmed: <c>class/component</c>, <c>fees/code</c>, <c>cashRounding/currency</c>.</param>
internal sealed record Overrides(
    RoundingPolicy? Rounding = null, string? DefaultTaxClass = null, TaxClass[]? TaxClasses = null, FeeRule[]? Fees = null,
    CashRounding[]? CashRounding = null, string[]? Confirmed = null)
{
    private const int MaxClasses = 200;
    private const int MaxComponents = 40;
    private const int MaxText = 100;

    public static readonly Overrides None = new();

    public bool IsEmpty => this is { Rounding: null, DefaultTaxClass: null } && Empty(TaxClasses) && Empty(Fees) && Empty(CashRounding) && Empty(Confirmed);

    /// <summary>Names of the pack's unverified rules, as they are confirmed by.</summary>
    public static string[] EveryKeyOf(Pack pack) =>
    [
        .. pack.Classes.SelectMany(c => c.Components.Where(rule => !rule.Verified).Select(rule => KeyOf(c, rule.Rule))),
        .. pack.Fees.Where(rule => !rule.Verified).Select(rule => KeyOf(rule.Rule)),
        .. pack.CashRounding.Where(rule => !rule.Verified).Select(rule => KeyOf(rule.Rule)),
    ];

    public static string KeyOf(PackClass c, TaxComponent component) => $"{c.Code}/{component.Code}";

    public static string KeyOf(FeeRule fee) => $"fees/{fee.Code}";

    public static string KeyOf(CashRounding rounding) => $"cashRounding/{rounding.Currency}";

    /// <summary>The first fault of size or spelling, or null. Whether the rules make sense is Pricing's to say.</summary>
    public Problem? Check(Pack pack) => Fault(pack) is { } wrong ? CommonProblems.InvalidRequest.With(wrong) : null;

    private string? Fault(Pack pack) =>
        Each("taxClasses", TaxClasses, Fault) ?? Each("fees", Fees, Fault) ?? Each("cashRounding", CashRounding, Fault)
        ?? Twice("taxClasses", TaxClasses?.Select(c => c.Code)) ?? Twice("fees", Fees?.Select(fee => fee.Code))
        ?? Twice("cashRounding", CashRounding?.Select(rounding => rounding.Currency))
        ?? Text("defaultTaxClass", DefaultTaxClass)
        ?? (Confirmed?.Length > MaxClasses ? $"confirmed: at most {MaxClasses}" : null)
        ?? Confirmed?.Except(EveryKeyOf(pack), StringComparer.Ordinal).Select(key => $"confirmed: the pack has no unverified rule {Short(key)}").FirstOrDefault();

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
        ?? (component.OnTopOf.Length > MaxComponents || Array.Exists(component.OnTopOf, code => code is null) ? $"{at}.onTopOf: at most {MaxComponents} codes" : null)
        ?? (component.ValidFrom is { Kind: not DateTimeKind.Unspecified } || component.ValidTo is { Kind: not DateTimeKind.Unspecified }
            ? $"{at}.validFrom: the store's local time, without an offset" : null);

    internal static string? Fault(string at, FeeRule? fee) =>
        fee is null ? $"{at}: null"
        : Text($"{at}.code", fee.Code, required: true) ?? Text($"{at}.name", fee.Name) ?? Text($"{at}.taxClass", fee.TaxClass);

    private static string? Fault(string at, CashRounding? rounding) =>
        rounding is null ? $"{at}: null"
        : !Currency.TryFind(rounding.Currency, out _) ? $"{at}.currency: not in ISO 4217"
        : rounding.Step is < 1 or > 1_000_000 ? $"{at}.step: 1 to 1000000" : null;

    internal static string? Text(string at, string? text, bool required = false) =>
        (required && string.IsNullOrWhiteSpace(text)) || text?.Length > MaxText || (text ?? "").Any(char.IsControl)
            ? $"{at}: {(required ? 1 : 0)} to {MaxText} characters, none of them a control character" : null;

    private static string? Twice(string at, IEnumerable<string>? keys) =>
        keys?.GroupBy(key => key, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice ? $"{at}: {twice.Key} is there twice" : null;

    private static string Short(string? key) => key is { Length: <= MaxText } ? key : "of that name";

    private static bool Empty<T>(T[]? list) => list is null or { Length: 0 };
}
