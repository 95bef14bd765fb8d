using WebWaka.Pricing.Steps;

namespace WebWaka.Pricing.Rules;

/// <summary>One of: a percentage off, an amount off, a new price.</summary>
internal readonly struct Benefit
{
    enum Kind
    {
        Percent,
        Amount,
        Price,
    }

    readonly Kind kind;
    readonly bool perUnit;

    /// <summary>Percent x 10^6, or minor units, or minor units x 10^4.</summary>
    readonly long value;

    /// <summary>Percent x 10^6, of one that is a percentage.</summary>
    public long Rate => value;

    Benefit(Kind kind, long value, bool perUnit = false)
    {
        this.kind = kind;
        this.value = value;
        this.perUnit = perUnit;
    }

    public static Benefit Percent(decimal percent) => new(Kind.Percent, Limits.Scaled(percent, Limits.RatePlaces));

    public static Benefit Amount(long amount, bool perUnit) => new(Kind.Amount, amount, perUnit);

    public static Benefit Price(decimal price) => new(Kind.Price, Limits.Scaled(price, Limits.PricePlaces));

    public static Benefit Of(Tier tier) =>
        tier.Percent is { } percent ? Percent(percent)
        : tier.Amount is { } amount ? Amount(amount, perUnit: false)
        : Price(tier.Price!.Value);

    /// <summary>Between nothing and all the line has left.</summary>
    /// <param name="line">The line as it stands.</param>
    /// <param name="most">How many of its units count, x 10^5; absent: all.</param>
    /// <param name="mode">How to round.</param>
    public long OnLine(WorkLine line, long? most, RoundingMode mode)
    {
        var units = Math.Min(line.Quantity, most ?? long.MaxValue);
        var of = units == line.Quantity ? line.Left : Rounding.Quotient((Int128)line.Left * units, line.Quantity, mode);
        return kind switch
        {
            Kind.Percent => Rounding.PercentOff(of, value, mode),
            Kind.Amount => perUnit ? Product(value, units, 100_000, of, mode) : Math.Min(value, of),
            _ => of - Product(value, units, Limits.ExtensionScale, of, mode),
        };
    }

    /// <summary>On lines together, in whole minor units.</summary>
    public long OnSum(long sum, RoundingMode mode) => Math.Clamp(
        kind switch
        {
            Kind.Percent => Rounding.PercentOff(sum, value, mode),
            Kind.Amount => value,
            _ => sum - value / 10_000,
        },
        0,
        sum);

    /// <summary>value x units / scale, but never beyond <paramref name="most"/>, which also keeps it in range.</summary>
    static long Product(long value, long units, long scale, long most, RoundingMode mode)
    {
        var exact = (Int128)value * units;
        return exact >= (Int128)most * scale ? most : Rounding.Quotient(exact, scale, mode);
    }
}
