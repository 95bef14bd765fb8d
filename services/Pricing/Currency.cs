using System.Collections.Frozen;

namespace WebWaka.Pricing;

/// <summary>An ISO 4217 currency. <see cref="Exponent"/> is the number of decimals of its minor unit: 0, 2 or 3.</summary>
public readonly record struct Currency(string Code, int Exponent)
{
    const string NoDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";

    const string ThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";

    const string TwoDecimals =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC " +
        "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD " +
        "KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO " +
        "NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL " +
        "THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG";

    static readonly FrozenDictionary<string, int> Exponents =
        new[] { (NoDecimals, 0), (TwoDecimals, 2), (ThreeDecimals, 3) }
            .SelectMany(list => list.Item1.Split(' ').Select(code => KeyValuePair.Create(code, list.Item2)))
            .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>False for a code that is not in the table; upper case only.</summary>
    public static bool TryFind(string? code, out Currency currency)
    {
        currency = default;
        if (code is null || !Exponents.TryGetValue(code, out var exponent)) return false;
        currency = new Currency(code, exponent);
        return true;
    }
}
