using System.Text.Json;

namespace WebWaka.Pricing.Tests;

/// <summary>What a stored document means where it says nothing: the till's twin has the same words for it.</summary>
public sealed class DocumentDefaultTests
{
    static readonly Guid Id = Make.Id(1);

    static string Written<T>(T document) => JsonSerializer.Serialize(document, PricingJson.Options);

    static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, PricingJson.Options)!;

    [Fact]
    public void A_cart_says_little()
    {
        const string line = """{"line":1,"quantity":"1","unitPrice":5}""";
        var cart = Read<Cart>($$"""{"currency":"NGN","at":"2026-06-15T12:00:00+01:00","storeId":"{{Id}}","lines":[{{line}}]}""");
        Assert.Equal(
            $$"""
            {"currency":"NGN","at":"2026-06-15T12:00:00+01:00","storeId":"{{Id}}","customerGroups":[],"isFirstPurchase":false,"lines":[
            {"line":1,"sku":"","name":"","quantity":"1","unitPrice":"5","categories":[],"tags":[],"notDiscountable":false,"isReturn":false}],
            "coupons":[],"fees":[],"tenders":[],"exhaustedPromotions":[],"usage":[]}
            """.ReplaceLineEndings(""),
            Written(cart));
        Assert.EndsWith(",\"burnPoints\":5}", Written(cart with { BurnPoints = 5 }));
        Assert.Equal("""{"reason":"","on":"listed"}""", Written(Read<ManualDiscount>("{}")));
    }

    [Fact]
    public void A_rule_book_says_nothing()
    {
        Assert.Equal(
            """
            {"pricesIncludeTax":false,"rounding":{"level":"line","mode":"halfAwayFromZero","compoundBase":"rounded","step":1,"components":"each"},
            "taxClasses":[],"zones":[],"promotions":[],"fees":[],"cashRounding":[],
            "versions":{"promotions":"","taxes":"","fees":"","cashRounding":""}}
            """.ReplaceLineEndings(""),
            Written(Read<RuleBook>("{}")));
        Assert.Equal(
            """{"currency":"ZAR","step":5,"mode":"halfAwayFromZero","appliesTo":"cash"}""", Written(Read<CashRounding>("""{"currency":"ZAR","step":5}""")));
    }

    [Fact]
    public void A_tax_and_a_fee_say_little()
    {
        Assert.Equal(
            """{"code":"VAT","name":"","kind":"percent","rate":"0","amountPerUnit":"0","onTopOf":[],"treatment":"taxed","zones":[]}""",
            Written(Read<TaxComponent>("""{"code":"VAT"}""")));
        Assert.Equal(
            """
            {"code":"BAG","name":"","kind":"fixedPerUnit","amount":"0","rate":"0","inTaxBase":false,"taxedAsItems":false,"onTopOf":[],
            "automatic":true,"zones":[],"stores":[],"exemptCustomerGroups":[]}
            """.ReplaceLineEndings(""),
            Written(Read<FeeRule>("""{"code":"BAG"}""")));
    }

    const string Common =
        """
        "version":1,"name":"","priority":0,"stacking":{"mode":"stackable","group":""},"scope":"line","spread":"proportional",
        "conditions":{"stores":[],"tills":[],"customers":[],"customerGroups":[],"firstPurchaseOnly":false,"tenders":[],"moreThanMinimum":false,
        "amountBasis":"discounted","weekdays":[],"hours":[]},"caps":{}}
        """;

    const string All =
        """
        {"products":[],"categories":[],"brands":[],"tags":[],"excludedProducts":[],"excludedCategories":[],"excludedBrands":[],"excludedTags":[]}
        """;

    public static TheoryData<string, string> Promotions => new()
    {
        { "\"type\":\"percentOff\",\"percent\":\"5\"", "" },
        { "\"type\":\"amountOff\",\"amount\":5", ",\"perUnit\":false" },
        { "\"type\":\"fixedPrice\",\"price\":\"5\"", "" },
        { "\"type\":\"buyXGetY\",\"buy\":2,\"get\":1", ",\"percent\":\"100\",\"match\":\"cheapest\",\"repeat\":true" },
        { "\"type\":\"tiered\",\"basis\":\"quantity\",\"tiers\":[{\"from\":\"2\",\"percent\":\"5\"}]", "" },
        { "\"type\":\"bundle\",\"parts\":[{\"quantity\":2}],\"price\":5", ",\"take\":\"dearest\",\"repeat\":true" },
        { $"\"type\":\"freeGift\",\"gifts\":{All}", ",\"quantity\":1,\"percent\":\"100\"" },
    };

    [Theory]
    [MemberData(nameof(Promotions))]
    public void A_promotion_says_what_it_gives(string said, string meant)
    {
        var read = Read<Promotion>($"{{{said},\"id\":\"{Id}\"}}");
        Assert.Equal($"{{{said}{meant},\"id\":\"{Id}\",{Common}".ReplaceLineEndings(""), Written(read));
        Assert.EndsWith(",\"usesReturn\":\"never\"}", Written(read with { UsesReturn = UsesReturn.Never }));
    }

    [Fact]
    public void Numbers_are_written_in_their_shortest_form_and_read_in_any_plain_one()
    {
        Assert.Equal("{\"from\":\"7.5\"}", Written(new Tier { From = 7.500m }));
        Assert.Equal("{\"from\":\"-0.5\"}", Written(Read<Tier>("""{"from":"-.50"}""")));
        Assert.Equal("{\"from\":\"100\"}", Written(Read<Tier>("""{"from":100.00}""")));
        var wrong = Assert.Throws<JsonException>(() => Read<Tier>("""{"from":"1e3"}"""));
        Assert.Equal("A decimal string such as \"7.5\" was expected.", wrong.Message);
        Assert.Throws<JsonException>(() => Read<Tier>("""{"from":" 7"}"""));
        Assert.Throws<JsonException>(() => Read<Tier>("""{"from":"1,000"}"""));
    }
}
