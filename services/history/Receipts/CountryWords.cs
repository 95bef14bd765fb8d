namespace WebWaka.History.Receipts;

/// <summary>What a shop's country decides of its receipts' wording.</summary>
internal static class CountryWords
{
    /// <summary>Countries of which French is the language of business.</summary>
    private static readonly HashSet<string> French = new(StringComparer.Ordinal)
        { "BF", "BJ", "CD", "CF", "CG", "CI", "CM", "DJ", "FR", "GA", "GN", "KM", "MG", "ML", "NE", "SN", "TD", "TG" };

    private static readonly Dictionary<string, string> TaxIds = new(StringComparer.Ordinal)
        { ["CI"] = "NCC", ["GH"] = "TIN", ["KE"] = "PIN", ["NG"] = "TIN", ["ZA"] = "VAT No." };

    public static ReceiptLanguage Language(this ReceiptHead head) => French.Contains(head.Settings.Country) ? ReceiptLanguage.French : ReceiptLanguage.English;

    /// <summary>With the name that the country's law gives it, where we know that.</summary>
    public static string? TaxId(this ReceiptHead head) => head.Settings.TaxId is not { Length: > 0 } id ? null
        : TaxIds.TryGetValue(head.Settings.Country, out var name) ? $"{name} {id}" : id;

    public static string TenderName(this ReceiptHead head, string method) => (method, head.Language()) switch
    {
        ("cash", ReceiptLanguage.French) => "Espèces",
        ("cash", _) => "Cash",
        ("card", ReceiptLanguage.French) => "Carte",
        ("card", _) => "Card",
        ("paystack", _) => "Paystack",
        _ => method,
    };

    /// <summary>Why a tax is nothing; null where its rate says it all.</summary>
    public static string? Treatment(string? treatment, ReceiptLanguage language) => (treatment, language) switch
    {
        ("exempt", ReceiptLanguage.French) => "exonéré",
        ("exempt", _) => "exempt",
        ("suspended", ReceiptLanguage.French) => "suspendu",
        ("suspended", _) => "suspended",
        ("outOfScope", ReceiptLanguage.French) => "hors champ",
        ("outOfScope", _) => "out of scope",
        _ => null,
    };
}
