namespace WebWaka.PaystackSandbox;

/// <summary>
/// Published prices for local payments, in subunits, rounded up. A real merchant may have other prices: a caller books what
/// is reported, never this formula.
/// </summary>
internal static class Fees
{
    public static long Of(long amount, string currency, string channel) => (currency, channel) switch
    {
        ("NGN", "dedicated_nuban") => Math.Min(Share(amount, 100), 30_000),
        ("NGN", _) => Math.Min(Share(amount, 150) + (amount >= 250_000 ? 10_000 : 0), 200_000),
        ("GHS", _) => Share(amount, 195),
        ("KES", "card") => Share(amount, 290),
        ("KES", _) => Share(amount, 150),
        ("ZAR", "eft") => WithVat(Share(amount, 200)),
        ("ZAR", _) => WithVat(Share(amount, 290) + 100),
        ("XOF", "card") => Share(amount, 320),
        ("XOF", _) => Share(amount, 195),
        _ => Share(amount, 390),
    };

    /// <summary>What the customer pays so that <paramref name="net"/> is left when the customer bears the fee.</summary>
    public static long GrossOf(long net, string currency, string channel)
    {
        // The fee of the gross may cross a threshold or its cap, so it is searched; the fee grows slower than the amount.
        var gross = net;
        while (gross - Of(gross, currency, channel) < net)
            gross = net + Of(gross, currency, channel);
        return gross;
    }

    static long Share(long amount, int basisPoints) => checked((long)((((Int128)amount * basisPoints) + 9_999) / 10_000));

    // South African prices are without VAT and the reported fee is with it.
    static long WithVat(long fee) => fee + Share(fee, 1_500);
}
