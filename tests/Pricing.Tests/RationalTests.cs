using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Tests;

/// <summary>Tax factors are exact fractions in lowest terms.</summary>
public sealed class RationalTests
{
    [Theory]
    [InlineData(6, 4, "3/2")]
    [InlineData(-6, 4, "-3/2")]
    [InlineData(0, 5, "0/1")]
    [InlineData(7, 7, "1/1")]
    public void A_fraction_is_kept_in_lowest_terms(long numerator, long denominator, string expected) =>
        Assert.Equal(expected, Shown(new(numerator, denominator)));

    [Fact]
    public void Fractions_are_added_taken_off_multiplied_and_divided_exactly()
    {
        var (half, third, sixth) = (new Rational(1, 2), new Rational(1, 3), new Rational(1, 6));
        Assert.Equal("5/6", Shown(half + third));
        Assert.Equal("2/3", Shown(half + sixth));
        Assert.Equal("1/6", Shown(half - third));
        Assert.Equal("-1/6", Shown(third - half));
        Assert.Equal("1/6", Shown(half * third));
        Assert.Equal("3/2", Shown(half / third));
        Assert.Equal("2/1", Shown(third / sixth));
        Assert.Equal(("0/1", "1/1"), (Shown(Rational.Zero), Shown(Rational.One)));
    }

    [Fact]
    public void A_percentage_is_its_part_of_a_hundred() => Assert.Equal("3/40", Shown(Rational.Percent(7_500_000)));

    [Theory]
    [InlineData(4, 6, 12)]
    [InlineData(6, 4, 12)]
    [InlineData(1, 7, 7)]
    [InlineData(5, 5, 5)]
    public void The_common_denominator_is_the_smallest(long a, long b, long expected) =>
        Assert.Equal(expected, Rational.CommonMultiple(a, b));

    static string Shown(Rational fraction) => $"{fraction.Numerator}/{fraction.Denominator}";
}
