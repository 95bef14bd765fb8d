namespace WebWaka.History.Receipts;

/// <summary>How shops write a currency beside an amount. A currency without an entry is printed by its code.</summary>
internal static class Currencies
{
    static readonly Dictionary<string, (string Before, string After)> signs = new(StringComparer.Ordinal)
    {
        ["NGN"] = ("₦", ""), ["GHS"] = ("GH₵", ""), ["KES"] = ("KSh ", ""), ["ZAR"] = ("R ", ""), ["XOF"] = ("", " F CFA"),
        ["EGP"] = ("E£", ""), ["GBP"] = ("£", ""), ["EUR"] = ("€", ""), ["USD"] = ("$", ""), ["CAD"] = ("CA$", ""), ["INR"] = ("₹", ""),
    };

    /// <summary>The amount with its currency; a minus stays in front of a sign, and behind a code.</summary>
    public static string With(string amount, string currency)
    {
        if (!signs.TryGetValue(currency, out var sign)) return $"{currency} {amount}";
        var (before, after) = sign;
        return amount.StartsWith('-') ? "-" + before + amount[1..] + after : before + amount + after;
    }
}
