namespace WebWaka.PaystackSandbox;

/// <summary>What Paystack takes: amounts in hundredths, for every currency.</summary>
internal static class Currencies
{
    /// <summary>The smallest transaction, in subunits. XOF has no subunit but is sent x100 all the same.</summary>
    public static readonly IReadOnlyDictionary<string, long> Minimum = new Dictionary<string, long>
    {
        ["NGN"] = 5_000, ["USD"] = 200, ["GHS"] = 10, ["ZAR"] = 100, ["KES"] = 300, ["XOF"] = 100,
    };

    /// <summary>The fraction of a franc is ignored.</summary>
    public static long Whole(long subunits, string currency) => currency is "XOF" ? subunits - (subunits % 100) : subunits;

    /// <summary>The smallest refund that was seen refused, in subunits: only that of GHS is known.</summary>
    public static long RefundMinimum(string currency) => currency is "GHS" ? 100 : 1;

    public static string Display(long subunits, string currency) => $"{currency} {subunits / 100:N0}.{subunits % 100:00}";
}
