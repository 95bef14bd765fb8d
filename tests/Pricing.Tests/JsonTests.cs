using System.Text.Json;

namespace WebWaka.Pricing.Tests;

/// <summary>The documents that are stored and sent: their members are a contract.</summary>
public sealed class JsonTests
{
    const string Rule = """
        {"id":"00000001-0000-0000-0000-000000000000","name":"Ten","scope":"order","stacking":{"mode":"best","group":""},
         "conditions":{"hours":[{"from":"22:00:00","to":"02:00:00"}],"weekdays":["friday"],"validFrom":"2026-01-01T00:00:00"},
         "percent":"7.5","type":"percentOff"}
        """;

    [Fact]
    public void A_promotion_is_read_wherever_its_type_stands()
    {
        var rule = Assert.IsType<PercentOff>(JsonSerializer.Deserialize<Promotion>(Rule, PricingJson.Options));
        Assert.Equal((7.5m, PromotionScope.Order, StackingMode.Best), (rule.Percent, rule.Scope, rule.Stacking.Mode));
        Assert.Equal(new HourWindow(new(22, 0), new(2, 0)), rule.Conditions.Hours[0]);
        Assert.Equal(DateTimeKind.Unspecified, rule.Conditions.ValidFrom!.Value.Kind);
        Assert.StartsWith("{\"type\":\"percentOff\",\"percent\":\"7.5\"", JsonSerializer.Serialize<Promotion>(rule, PricingJson.Options),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"percentOff\"", "\"magic\"")]
    [InlineData("\"order\"", "2")]
    [InlineData("\"7.5\"", "\"1e3\"")]
    [InlineData("\"7.5\"", "\"7,5\"")]
    public void What_cannot_be_read_is_not_guessed(string member, string wrong) => Assert.ThrowsAny<JsonException>(() =>
        JsonSerializer.Deserialize<Promotion>(Rule.Replace(member, wrong, StringComparison.Ordinal), PricingJson.Options));

    [Fact]
    public void A_priced_line_has_the_words_of_the_api()
    {
        var priced = Make.Cart(Make.Line(1, 1799.99m, 1.253m)).Price(Make.Rules(new PercentOff { Id = Make.Id(1),
            Percent = 10 }).WithVat(7.5m));
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(priced, PricingJson.Options));
        var line = json.RootElement.GetProperty("lines")[0];
        Assert.Equal("1.253", line.GetProperty("quantity").GetString());
        Assert.Equal("1799.99", line.GetProperty("unitPrice").GetString());
        Assert.Equal(priced.Lines[0].Total, line.GetProperty("total").GetInt64());
        Assert.Equal("7.5", line.GetProperty("taxes")[0].GetProperty("rate").GetString());
        Assert.Equal("promotion", line.GetProperty("discounts")[0].GetProperty("source").GetString());
        Assert.Equal(
            ["applied", "currency", "discount", "fees", "gross", "lines", "net", "notApplied", "tax", "taxes", "total", "versions"],
            json.RootElement.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_copy_of_a_rule_book_prices_by_its_own_rules()
    {
        var rules = Make.Rules(new PercentOff { Id = Make.Id(1), Percent = 10 });
        var cart = Make.Cart(Make.Line(1, 1000));
        Assert.Equal(900, cart.Price(rules).Total);
        Assert.Equal(1000, cart.Price(rules with { Promotions = [] }).Total);
    }

    [Fact]
    public void A_price_carries_the_versions_of_its_rules()
    {
        var rules = Make.Rules(new PercentOff { Id = Make.Id(1), Version = 4, Name = "Ten", Percent = 10 }) with { Versions = new("p7",
            "t3", "f1", "c1") };
        var priced = Make.Cart(Make.Line(1, 1000)).Price(rules);
        Assert.Equal(new("p7", "t3", "f1", "c1"), priced.Versions);
        Assert.Equal(new AppliedPromotion(Make.Id(1), 4, "Ten", null, 1, 100, 1000), Assert.Single(priced.Applied));
    }

    [Fact]
    public void Records_in_a_checked_assembly_still_have_hash_codes() =>
        Assert.Null(Record.Exception(() => Enumerable.Range(1, 100).Sum(i => (long)Make.Line(i, decimal.MaxValue / i).GetHashCode())));
}
