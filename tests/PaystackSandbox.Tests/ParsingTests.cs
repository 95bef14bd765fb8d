using System.Text;
using System.Text.Json;
using WebWaka.Payments.Paystack;

namespace WebWaka.PaystackSandbox.Tests;

public sealed class ParsingTests
{
    public static TheoryData<string> Samples() =>
        new(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "webhooks"), "*.json").Select(f => Path.GetFileName(f)!).Order());

    [Theory]
    [MemberData(nameof(Samples))]
    public void P20_Every_sample_is_an_event_of_its_name(string file)
    {
        var read = Read(file);
        Assert.Contains(read.Name, file);
        if (read.Name is PaystackEvent.ChargeSuccess)
            Assert.NotNull(read.Transaction);
        Assert.Equal("test", read.Domain ?? "test");
    }

    [Theory]
    [InlineData("01-charge.success.card.ngn.json", 5805764101, "ww-t1-000001", 1250000, "NGN", 28750L)]
    [InlineData("03-charge.success.mobile_money.ghs.json", 5805764103, "ww-t2-000001", 5000, "GHS", 98L)]
    [InlineData("04-charge.success.mobile_money.kes.json", 5805764104, "ww-t3-000001", 25000, "KES", 375L)]
    [InlineData("05-charge.success.pos-terminal.ngn.json", 5805764105, "pos_ww4k7d2p9x", 450000, "NGN", null)]
    public void A_charge_is_read_whatever_types_its_members_have(
        string file, ulong id, string reference, long amount, string currency, long? fees)
    {
        var t = Read(file).Transaction!;
        Assert.Equal((id, reference, "success", PaystackAmount.Reported(amount, currency), fees),
            (t.Id, t.Reference, t.Status, t.Amount, t.FeeSubunits));
    }

    [Fact]
    public void A_terminal_payment_names_its_terminal() =>
        Assert.Equal("2872WW01", Read("05-charge.success.pos-terminal.ngn.json").Transaction!.TerminalId);

    [Fact]
    public void The_shares_of_a_split_sum_to_its_amount()
    {
        var t = Read("06-charge.success.split.ngn.json").Transaction!;
        Assert.Equal(t.Amount.Subunits, t.Shares!.Paystack + t.Shares.Integration + t.Shares.Subaccounts.Sum(s => s.Amount));
        Assert.Equal("ACCT_ww000000001", Assert.Single(t.Shares.Subaccounts).SubaccountCode);
    }

    [Theory]
    [InlineData("07-bank.transfer.rejected.json", 5805764107UL, null)]
    [InlineData("08-refund.pending.partial.json", null, "ww-t1-000001")]
    [InlineData("10-refund.needs-attention.json", 3018999UL, "ww-t1-000001")]
    [InlineData("11-charge.dispute.create.json", 3589501UL, "ww-t1-000001")]
    [InlineData("12-paymentrequest.success.json", 6304901UL, "PRQ_ww79unvlqvixs3")]
    public void An_event_says_what_it_is_about(string file, ulong? subject, string? reference)
    {
        var read = Read(file);
        Assert.Equal((subject, reference), (read.SubjectId, read.TransactionReference));
    }

    [Theory]
    [InlineData("""{"event":"something.new","data":{"x":1}}""", true)]
    [InlineData("""{"event":"subscription.expiring_cards","data":[{"a":1}]}""", true)]
    [InlineData("""{"event":"charge.success","data":{"id":1}}""", true)]
    [InlineData("""{"event":"charge.success"}""", false)]
    [InlineData("""{"data":{}}""", false)]
    [InlineData("[]", false)]
    [InlineData("", false)]
    [InlineData("<html>", false)]
    public void A_body_is_an_event_or_it_is_not_and_nothing_throws(string body, bool isEvent)
    {
        var read = PaystackEvent.Read(Encoding.UTF8.GetBytes(body));
        Assert.Equal(isEvent, read is not null);
        Assert.Null(read?.Transaction);
    }

    [Theory]
    [InlineData("1999", 1999L)]
    [InlineData("\"1999\"", 1999L)]
    [InlineData("1999.0", 1999L)]
    [InlineData("18446744073709551615", null)]
    [InlineData("19.99", null)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public void An_amount_is_a_whole_number_or_nothing(string json, long? expected) =>
        Assert.Equal(expected, JsonElement.Parse($$"""{"a":{{json}}}""").Whole("a"));

    [Theory]
    [InlineData("NGN", 1999, 1999)]
    [InlineData("XOF", 1999, 199900)]
    public void An_amount_goes_to_paystack_and_comes_back_whole(string currency, long minor, long subunits)
    {
        var amount = PaystackAmount.FromMinor(minor, currency);
        Assert.Equal(subunits, amount.Subunits);
        Assert.True(amount.TryToMinor(out var back));
        Assert.Equal(minor, back);
    }

    [Fact]
    public void An_amount_that_would_lose_a_part_or_does_not_fit_is_no_amount()
    {
        Assert.False(PaystackAmount.Reported(195, "XOF").TryToMinor(out _));
        Assert.Throws<OverflowException>(() => PaystackAmount.FromMinor(long.MaxValue / 10, "XOF"));
        Assert.Throws<ArgumentException>(() => PaystackAmount.FromMinor(1, "JPY"));
        Assert.Throws<ArgumentException>(() => PaystackAmount.FromMinor(1, ""));
    }

    [Fact]
    public void A_key_never_prints_itself()
    {
        Assert.Equal("sk_test_***", $"{new PaystackKey("sk_test_secret")}");
        Assert.DoesNotContain("hunter2", Assert.Throws<ArgumentException>(() => new PaystackKey("hunter2")).Message);
        Assert.Equal("live", new PaystackKey("sk_live_x").Domain);
    }

    static PaystackEvent Read(string file) =>
        PaystackEvent.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "webhooks", file)))!;
}
