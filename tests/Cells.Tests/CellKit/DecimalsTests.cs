using System.Globalization;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>One number has one text, whatever its scale.</summary>
public sealed class DecimalsTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.000", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("100", "100")]
    [InlineData("100.00", "100")]
    [InlineData("-12.50", "-12.5")]
    [InlineData("0.10", "0.1")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("7.9228162514264337593543950335", "7.9228162514264337593543950335")]
    public void It_has_no_trailing_zeros_and_no_exponent(string given, string text) =>
        Assert.Equal(text, Decimals.Text(decimal.Parse(given, CultureInfo.InvariantCulture)));

    [Fact]
    public void Any_decimal_is_read_back_as_it_was()
    {
        var random = new Random(20261129);
        for (var n = 0; n < 20_000; n++)
        {
            var value = new decimal(random.Next(), random.Next(n % 3 + 1), n % 3 == 0 ? random.Next() : 0, n % 2 == 0, (byte)random.Next(29));
            var text = Decimals.Text(value);
            Assert.Equal(value.ToString("0.############################", CultureInfo.InvariantCulture), text);
            Assert.True(Decimals.TryParse(text, out var read) && read == value, text);
        }
    }
}
