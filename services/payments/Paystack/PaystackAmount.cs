namespace WebWaka.Payments.Paystack;

/// <summary>
/// An amount as Paystack counts it: hundredths, in every currency. A type of its own, because XOF has no hundredths and our minor
/// unit of it is the franc: the two must not meet unconverted.
/// </summary>
internal readonly record struct PaystackAmount
{
    static readonly string[] Supported = ["NGN", "USD", "GHS", "ZAR", "KES", "XOF"];

    PaystackAmount(long subunits, string currency) => (Subunits, Currency) = (subunits, currency);

    public long Subunits { get; }

    /// <summary>ISO 4217, upper case. Never empty: without a currency Paystack charges the integration's default.</summary>
    public string Currency { get; }

    public static bool Takes(string currency) => Supported.Contains(currency);

    /// <summary>From our minor units.</summary>
    /// <exception cref="ArgumentException">Paystack does not take this currency.</exception>
    /// <exception cref="OverflowException">The amount does not fit.</exception>
    public static PaystackAmount FromMinor(long minor, string currency) => Takes(currency)
        ? new PaystackAmount(checked(minor * PerMinor(currency)), currency)
        : throw new ArgumentException($"Paystack does not take {currency}.", nameof(currency));

    /// <summary>As Paystack reports it.</summary>
    public static PaystackAmount Reported(long subunits, string currency) => new(subunits, currency);

    /// <summary>In our minor units; false if that would lose a part of it (a fee in XOF may have one).</summary>
    public bool TryToMinor(out long minor)
    {
        (minor, var rest) = Math.DivRem(Subunits, PerMinor(Currency));
        return rest == 0;
    }

    /// <summary>In our minor units, half of one rounded away from zero: for what Paystack keeps, which it counts finer than we do.</summary>
    public long ToMinorRounded()
    {
        var half = PerMinor(Currency) / 2;
        return (Subunits + (Subunits < 0 ? -half : half)) / PerMinor(Currency);
    }

    static long PerMinor(string currency) => currency is "XOF" ? 100 : 1;
}
