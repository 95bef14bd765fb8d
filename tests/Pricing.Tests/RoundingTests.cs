using System.Numerics;

namespace WebWaka.Pricing.Tests;

/// <summary>Every mode below, at and above the half, on both sides of zero, in a machine word, in 128 bits and beyond.</summary>
public sealed class RoundingTests
{
    static readonly RoundingMode[] Modes =
    [
        RoundingMode.HalfAwayFromZero, RoundingMode.HalfEven, RoundingMode.HalfTowardZero, RoundingMode.TowardZero, RoundingMode.AwayFromZero,
    ];

    [Theory]
    [InlineData(0, 3, "0 0 0 0 0")]
    [InlineData(4, 2, "2 2 2 2 2")]
    [InlineData(1, 4, "0 0 0 0 1")]
    [InlineData(2, 4, "1 0 0 0 1")]
    [InlineData(3, 4, "1 1 1 0 1")]
    [InlineData(3, 2, "2 2 1 1 2")]
    [InlineData(5, 2, "3 2 2 2 3")]
    [InlineData(7, 3, "2 2 2 2 3")]
    [InlineData(8, 3, "3 3 3 2 3")]
    [InlineData(-4, 2, "-2 -2 -2 -2 -2")]
    [InlineData(-1, 4, "0 0 0 0 -1")]
    [InlineData(-2, 4, "-1 0 0 0 -1")]
    [InlineData(-3, 4, "-1 -1 -1 0 -1")]
    [InlineData(-3, 2, "-2 -2 -1 -1 -2")]
    [InlineData(-5, 2, "-3 -2 -2 -2 -3")]
    public void A_quotient_is_rounded_once_by_the_mode_whatever_its_size(long numerator, long denominator, string expected)
    {
        var (large, huge) = (Int128.One << 70, BigInteger.One << 200);
        Assert.Equal(expected, Each(mode => Rounding.Quotient((Int128)numerator, denominator, mode)));
        Assert.Equal(expected, Each(mode => Rounding.Quotient(numerator * large, denominator * large, mode)));
        Assert.Equal(expected, Each(mode => Rounding.Quotient(numerator * huge, denominator * huge, mode)));
    }

    [Fact]
    public void A_numerator_and_a_denominator_may_each_be_the_one_beyond_a_word()
    {
        var large = Int128.One << 70;
        Assert.Equal("0 0 0 0 1", Each(mode => Rounding.Quotient(5, large, mode)));
        Assert.Equal("256 256 256 256 257", Each(mode => Rounding.Quotient(large + 1, Int128.One << 62, mode)));
        Assert.Equal("-256 -256 -256 -256 -257", Each(mode => Rounding.Quotient(-large - 1, Int128.One << 62, mode)));
    }

    [Fact]
    public void What_does_not_fit_is_thrown_and_never_wrapped()
    {
        var large = Int128.One << 70;
        Assert.Throws<OverflowException>(() => Rounding.Quotient(large, 1, RoundingMode.HalfEven));
        Assert.Throws<OverflowException>(() => Rounding.Quotient(-large, 1, RoundingMode.HalfEven));
        Assert.Throws<OverflowException>(() => Rounding.Quotient((BigInteger)large, 1, RoundingMode.HalfEven));
        Assert.Throws<OverflowException>(() => Rounding.ToStep(long.MaxValue, 10, RoundingMode.AwayFromZero));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_denominator_is_positive(long denominator) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Rounding.Quotient((Int128)4, denominator, RoundingMode.HalfEven));

    [Fact]
    public void A_mode_that_is_not_there_rounds_nothing() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Rounding.Quotient((Int128)5, 2, (RoundingMode)99));

    [Theory]
    [InlineData(1697, 5, "1695 1695 1695 1695 1700")]
    [InlineData(1698, 5, "1700 1700 1700 1695 1700")]
    [InlineData(150, 100, "200 200 100 100 200")]
    [InlineData(250, 100, "300 200 200 200 300")]
    [InlineData(-150, 100, "-200 -200 -100 -100 -200")]
    public void A_step_is_reached_by_the_mode(long amount, long step, string expected) =>
        Assert.Equal(expected, Each(mode => Rounding.ToStep(amount, step, mode)));

    [Theory]
    [InlineData(230, 5, "11 12 12 12 11")] // leaves 218.5
    [InlineData(100, 0, "0 0 0 0 0")]
    [InlineData(100, 100, "100 100 100 100 100")]
    [InlineData(3, 50, "1 1 2 2 1")] // leaves 1.5
    public void Of_a_percentage_the_price_that_is_left_is_rounded(long of, long percent, string off) =>
        Assert.Equal(off, Each(mode => Rounding.PercentOff(of, percent * 1_000_000, mode)));

    static string Each(Func<RoundingMode, long> round) => string.Join(' ', Modes.Select(round));
}
