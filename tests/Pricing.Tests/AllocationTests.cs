namespace WebWaka.Pricing.Tests;

/// <summary>Splits by hand: who gets the odd unit, and that nothing is lost.</summary>
public sealed class AllocationTests
{
    [Theory]
    [InlineData(100, "1 1 1", "34 33 33")] // ties to the first
    [InlineData(10, "3 3 1", "4 4 2")] // rests 2/7 2/7 3/7
    [InlineData(-10, "3 3 1", "-4 -4 -2")]
    [InlineData(11, "3 3 1", "5 5 1")] // rests 5/7 5/7 4/7
    [InlineData(5, "0 0 0", "2 2 1")] // nothing to go by: evenly
    [InlineData(5, "0 7 0", "0 5 0")]
    [InlineData(0, "3 1", "0 0")]
    [InlineData(1, "1", "1")]
    public void The_odd_unit_goes_to_the_largest_remainder(long total, string weights, string expected) =>
        Assert.Equal(expected, string.Join(' ', Make.Split(total, Read(weights))));

    [Fact]
    public void Many_odd_units_go_to_the_largest_remainders_too()
    {
        // 0.75 each of twenty and 2.25 each of twenty: the twenty odd units are the small ones'.
        long[] weights = [.. Enumerable.Repeat(3L, 20), .. Enumerable.Repeat(1L, 20)];
        Assert.Equal([.. Enumerable.Repeat(2L, 20), .. Enumerable.Repeat(1L, 20)], Make.Split(60, weights));
        Assert.Equal([.. Enumerable.Repeat(-2L, 20), .. Enumerable.Repeat(-1L, 20)], Make.Split(-60, weights));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(37)]
    public void Ties_go_to_the_first_however_many_there_are(int odd)
    {
        var parts = Make.Split(odd, [.. Enumerable.Repeat(5L, 200)]);
        Assert.Equal([.. Enumerable.Repeat(1L, odd), .. Enumerable.Repeat(0L, 200 - odd)], parts);
    }

    [Fact]
    public void Weights_of_the_largest_amounts_are_summed_and_multiplied_exactly()
    {
        var parts = Make.Split(Limits.MaxAmount, [Limits.MaxAmount, Limits.MaxAmount, Limits.MaxAmount]);
        Assert.Equal([3_002_399_751_580_331L, 3_002_399_751_580_330, 3_002_399_751_580_330], parts);
    }

    [Fact]
    public void What_cannot_be_split_is_not_split()
    {
        Assert.Empty(Allocation.Split(0, []));
        Assert.Throws<ArgumentException>(() => Allocation.Split(1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Allocation.Split(1, [2, -1]));
    }

    [Theory]
    [InlineData(Spread.CheapestFirst)]
    [InlineData(Spread.DearestFirst)]
    [InlineData(Spread.LineOrder)]
    public void Lines_that_cost_the_same_are_used_up_in_their_order(Spread spread)
    {
        var parts = new long[40];
        Allocation.Split(52, [.. Enumerable.Repeat(5L, 40)], parts, spread);
        Assert.Equal([.. Enumerable.Repeat(5L, 10), 2L, .. Enumerable.Repeat(0L, 29)], parts);
    }

    [Theory]
    [InlineData(Spread.CheapestFirst, "40 60 80 20")]
    [InlineData(Spread.DearestFirst, "20 100 80 0")]
    [InlineData(Spread.LineOrder, "40 100 60 0")]
    [InlineData(Spread.Proportional, "33 83 67 17")]
    public void An_amount_is_used_up_line_by_line_or_split(Spread spread, string expected)
    {
        var parts = new long[4];
        Allocation.Split(200, [40, 100, 80, 20], parts, spread);
        Assert.Equal(expected, string.Join(' ', parts));
    }

    static long[] Read(string numbers) => [.. numbers.Split(' ').Select(number => number.Minor(0))];
}
