namespace WebWaka.PaystackSandbox.Tests;

public sealed class FeesTests
{
    [Theory]
    [InlineData(300000, "NGN", "card", 14500)]
    [InlineData(25000, "NGN", "bank_transfer", 375)]
    [InlineData(39100, "NGN", "card", 587)]
    [InlineData(10000, "NGN", "card", 150)]
    [InlineData(249999, "NGN", "card", 3750)]
    [InlineData(250000, "NGN", "card", 13750)]
    [InlineData(100000000, "NGN", "card", 200000)]
    [InlineData(10000, "NGN", "dedicated_nuban", 100)]
    [InlineData(5000, "GHS", "mobile_money", 98)]
    [InlineData(10000, "KES", "card", 290)]
    [InlineData(1000, "KES", "bank_transfer", 15)]
    [InlineData(25000, "KES", "mobile_money", 375)]
    [InlineData(186677, "ZAR", "qr", 6342)]
    public void A_fee_is_what_paystacks_samples_show(long amount, string currency, string channel, long fee)
    {
        Assert.Equal(fee, Fees.Of(amount, currency, channel));
    }

    [Theory]
    [InlineData("NGN", "card")]
    [InlineData("GHS", "mobile_money")]
    [InlineData("ZAR", "card")]
    public void A_gross_leaves_the_net_and_one_subunit_less_would_not(string currency, string channel)
    {
        for (var net = 10_000L; net < 20_000_000; net += 7_919)
        {
            var gross = Fees.GrossOf(net, currency, channel);
            Assert.True(gross - Fees.Of(gross, currency, channel) >= net, $"{net}");
            Assert.True(gross - 1 - Fees.Of(gross - 1, currency, channel) < net, $"{net}");
        }
    }
}
