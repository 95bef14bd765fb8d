using WebWaka.History.Receipts;
using Xunit;

namespace WebWaka.Receipts.Tests;

public sealed class AmountTextTests
{
    [Theory]
    [InlineData(0, 2, "0.00")]
    [InlineData(5, 2, "0.05")]
    [InlineData(-5, 2, "-0.05")]
    [InlineData(99999, 2, "999.99")]
    [InlineData(100000, 2, "1,000.00")]
    [InlineData(-123456789, 2, "-1,234,567.89")]
    [InlineData(0, 0, "0")]
    [InlineData(999, 0, "999")]
    [InlineData(1000, 0, "1,000")]
    [InlineData(-1234567, 0, "-1,234,567")]
    [InlineData(7, 3, "0.007")]
    [InlineData(1234567, 3, "1,234.567")]
    [InlineData(long.MaxValue, 2, "92,233,720,368,547,758.07")]
    [InlineData(long.MinValue, 2, "-92,233,720,368,547,758.08")]
    public void Minor_units_are_pointed_by_their_exponent(long minor, int exponent, string text) =>
        Assert.Equal(text, AmountText.Of(minor, exponent, NumberMarks.English));

    [Fact]
    public void The_least_amount_can_be_printed_with_the_other_sign() =>
        Assert.Equal("92,233,720,368,547,758.08", AmountText.Of(-(Int128)long.MinValue, 2, NumberMarks.English));

    [Fact]
    public void French_groups_by_a_space_that_does_not_break_and_points_by_a_comma() =>
        Assert.Equal("-1\u00A0234\u00A0567,89", AmountText.Of(-123456789, 2, NumberMarks.French));

    [Theory]
    [InlineData("150000", 2, "1,500.00")]
    [InlineData("12.3456", 2, "0.123456")]
    [InlineData("12.5000", 2, "0.125")]
    [InlineData("0.5", 2, "0.005")]
    [InlineData("-450.0", 2, "-4.50")]
    [InlineData("83.3333", 0, "83.3333")]
    [InlineData("1234567", 0, "1,234,567")]
    [InlineData("0", 2, "0.00")]
    public void A_unit_price_may_be_finer_than_a_minor_unit(string minor, int exponent, string text) =>
        Assert.Equal(text, AmountText.OfUnitPrice(minor, exponent, NumberMarks.English));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1e3")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1.2.3")]
    [InlineData("1.23456")]
    [InlineData("١٢")]
    public void What_is_no_unit_price_is_refused(string minor) =>
        Assert.Throws<FormatException>(() => AmountText.OfUnitPrice(minor, 2, NumberMarks.English));

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void An_exponent_no_currency_has_is_refused(int exponent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AmountText.Of(1, exponent, NumberMarks.English));

    [Theory]
    [InlineData("0.750 kg", "0,750 kg")]
    [InlineData("3 pcs.", "3 pcs.")]
    [InlineData("7.5", "7,5")]
    public void A_quantity_is_pointed_without_touching_its_unit(string value, string text) =>
        Assert.Equal(text, AmountText.OfDecimal(value, NumberMarks.French));

    [Theory]
    [InlineData("NGN", "-5.00", "-₦5.00")]
    [InlineData("GHS", "5.00", "GH₵5.00")]
    [InlineData("XOF", "500", "500 F CFA")]
    [InlineData("TND", "-1.250", "TND -1.250")]
    public void The_currency_stands_where_shops_write_it(string currency, string amount, string text) =>
        Assert.Equal(text, Currencies.With(amount, currency));
}
