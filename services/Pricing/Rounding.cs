using System.Numerics;
using System.Text.Json.Serialization;

namespace WebWaka.Pricing;

/// <summary>What happens to the part smaller than one unit. All modes are symmetric about zero, so a refund mirrors its sale.</summary>
[JsonConverter(typeof(CamelCaseEnum<RoundingMode>))]
public enum RoundingMode
{
    HalfAwayFromZero,
    HalfEven,
    HalfTowardZero,
    TowardZero,
    AwayFromZero,
}

/// <summary>Exact quotients of integers, rounded once. As everywhere in this assembly, what does not fit is thrown.</summary>
public static class Rounding
{
    const long WholePercent = 100_000_000;

    public static long HalfAwayFromZero(Int128 numerator, Int128 denominator) =>
        Quotient(numerator, denominator, RoundingMode.HalfAwayFromZero);

    /// <summary>numerator / denominator rounded to an integer.</summary>
    /// <exception cref="OverflowException">The quotient does not fit a <see cref="long"/>.</exception>
    public static long Quotient(Int128 numerator, Int128 denominator, RoundingMode mode)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        if (Fits(numerator) && Fits(denominator)) return Quotient((long)numerator, (long)denominator, mode);
        var whole = numerator / denominator;
        var rest = Int128.Abs(numerator - whole * denominator);
        if (rest != 0 && Away(mode, rest.CompareTo(denominator - rest), !Int128.IsEvenInteger(whole)))
            whole += numerator < 0 ? -1 : 1;
        return (long)whole;
    }

    /// <summary>As <see cref="Quotient(Int128, Int128, RoundingMode)"/>, where 128 bits are not enough.</summary>
    internal static long Quotient(BigInteger numerator, BigInteger denominator, RoundingMode mode)
    {
        var whole = BigInteger.DivRem(numerator, denominator, out var rest);
        rest = BigInteger.Abs(rest);
        if (!rest.IsZero && Away(mode, rest.CompareTo(denominator - rest), !whole.IsEven)) whole += numerator.Sign;
        return (long)whole;
    }

    /// <summary>The nearest multiple of <paramref name="step"/> minor units.</summary>
    public static long ToStep(long amount, long step, RoundingMode mode) => Quotient(amount, step, mode) * step;

    /// <summary>What a percentage takes off. The price that is left is what is rounded, not the discount: 5 % off 2.30 leaves
    /// 2.19.</summary>
    /// <param name="of">Minor units, zero or more.</param>
    /// <param name="percent">Percent x 10^6, 0 to 100.</param>
    /// <param name="mode">How what is left is rounded.</param>
    internal static long PercentOff(long of, long percent, RoundingMode mode) =>
        of - Quotient((Int128)of * (WholePercent - percent), WholePercent, mode);

    static bool Fits(Int128 value) => value > long.MinValue && value <= long.MaxValue;

    // Int128 division is software; nearly every amount fits a machine word.
    static long Quotient(long numerator, long denominator, RoundingMode mode)
    {
        var (whole, rest) = Math.DivRem(numerator, denominator);
        if (rest == 0) return whole;
        rest = Math.Abs(rest);
        return Away(mode, rest.CompareTo(denominator - rest), (whole & 1) != 0) ? whole + Math.Sign(numerator) : whole;
    }

    /// <param name="mode">The mode.</param>
    /// <param name="half">How the rest compares with one half: below 0, 0, above 0.</param>
    /// <param name="odd">Whether the truncated quotient is odd.</param>
    static bool Away(RoundingMode mode, int half, bool odd) => mode switch
    {
        RoundingMode.HalfAwayFromZero => half >= 0,
        RoundingMode.HalfEven => half > 0 || (half == 0 && odd),
        RoundingMode.HalfTowardZero => half > 0,
        RoundingMode.TowardZero => false,
        RoundingMode.AwayFromZero => true,
        _ => throw new ArgumentOutOfRangeException(nameof(mode)),
    };
}
