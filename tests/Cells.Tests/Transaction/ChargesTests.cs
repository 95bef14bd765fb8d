using System.Text.Json.Nodes;
using WebWaka.Cells.Tests.Payments;
using WebWaka.Contracts.Identity;
using WebWaka.Pricing;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>What a quote and a sale say of each amount: which rule, which version, on what; and what decides over them.</summary>
public sealed class ChargesTests(CellsFixture cells)
{
    private static readonly FeeRule[] Fees =
    [
        new() { Code = "BAG", Name = "Bag", Kind = FeeKind.FixedPerUnit, Amount = 5_000, InTaxBase = true },
        new() { Code = "SERVICE", Name = "Service", Kind = FeeKind.Percent, Rate = 10, InTaxBase = true, TaxedAsItems = true },
        new() { Code = "TIP", Name = "Tip", Kind = FeeKind.Open, Automatic = false },
        new() { Code = "DELIVERY", Name = "Delivery", Kind = FeeKind.FixedPerDocument, Amount = 100_000, Automatic = false },
    ];

    private static readonly object[] Tip = [new { code = "TIP", amount = 2_000 }];

    private static RuleBook Cash(long step, RoundedTenders applies = RoundedTenders.Cash) =>
        Charges.Book() with { CashRounding = [new("NGN", step, RoundingMode.HalfAwayFromZero, applies)] };

    [Fact]
    public async Task Each_amount_of_a_quote_and_of_a_sale_names_its_rule_its_version_and_its_base()
    {
        var shop = await SellingShop.Open(cells, couponLimit: 10);
        await shop.Rules(Charges.Book() with { Fees = Fees });
        var quote = await shop.Ask(shop.Soap(), Tip, coupons: ["WELCOME10"]).Is(200);
        // 901.00 less 10 %; VAT on it, on two bags of 50.00 and on the service of 10 %; a tip that no tax is on.
        Assert.Equal((81_090L, 9_010L, 108_639L), ((long)quote["net"]!, (long)quote["discount"]!, (long)quote["total"]!));
        Assert.EndsWith("/NG-2026.1.7", (string?)quote["rulesVersion"]);
        var (id, _) = await shop.Ring(shop.Soap(), Tip, coupons: ["WELCOME10"]);
        var sale = await shop.Document(id);
        foreach (var document in new[] { quote, sale })
        {
            var line = document["lines"]![0]!;
            Has(
                line["taxes"]![0]!, ("code", "VAT"), ("rule", "standard/VAT@2020-02-01T00:00:00"), ("version", "NG-2026.1.7"), ("base", "81090"),
                ("amount", "6082"));
            Has(
                line["discounts"]![0]!, ("promotion", $"{shop.TenPercent}"), ("version", "1"), ("base", "90100"), ("amount", "9010"),
                ("coupon", "WELCOME10"));
            var fees = document["fees"]!.AsArray();
            Has(
                fees[0]!, ("rule", "fees/BAG"), ("version", "NG-2026.1.7"), ("quantity", "2"), ("perUnit", "5000"), ("net", "10000"), ("total", "10750"));
            Has(fees[1]!, ("rule", "fees/SERVICE"), ("base", "81090"), ("rate", "10"), ("net", "8109"), ("total", "8717"));
            Has(fees[1]!["taxes"]![0]!, ("rule", "standard/VAT@2020-02-01T00:00:00"), ("base", "8109"), ("amount", "608"));
            Has(fees[2]!, ("rule", "fees/TIP"), ("net", "2000"), ("total", "2000"));
            Has(document["notCharged"]![0]!, ("rule", "fees/DELIVERY"), ("reason", "not_chosen"));
            Assert.Equal(TimeSpan.FromHours(1), DateTimeOffset.Parse((string)document["taxPoint"]!).Offset);
        }

        Assert.Equal((string?)quote["rulesVersion"], (string?)sale["rulesVersion"]);
    }

    [Fact]
    public async Task What_a_tender_decides_is_decided_by_the_tenders_of_the_sale()
    {
        var shop = await SellingShop.Open(cells);
        await shop.Rules(Charges.Book());
        var card = new PercentOff
        {
            Id = SellingShop.NewId(), Name = "By card", Percent = 20, Conditions = new PromotionConditions { Tenders = ["card"] },
        };
        await shop.Shop.Hear(new Contracts.Promotions.PromotionChanged(
            card.Id, 1, System.Text.Json.JsonSerializer.Serialize<Promotion>(card, PricingJson.Options), null, false));
        var open = await shop.Ask(shop.Soap()).Is(200);
        Assert.Equal("other_tender", (string?)open["notApplied"]!.AsArray().Single(n => (Guid?)n!["promotion"] == card.Id)!["reason"]);
        Assert.Equal(18_020, (long)(await shop.Ask(shop.Soap(), tenders: new[] { new { method = "card" } }).Is(200))["discount"]!);
        Assert.Equal(0, (long)(await shop.Ask(shop.Soap(), tenders: new[] { new { method = "card" }, new { method = "cash" } }).Is(200))["discount"]!);
        Assert.Equal(18_020, (long)(await shop.Ring(shop.Soap(), method: "card")).Answer["discount"]!);
        Assert.Equal(0, (long)(await shop.Ring(shop.Soap())).Answer["discount"]!);
        // Quoted for a card and paid in cash: the customer has to be told the other price first.
        var id = SellingShop.NewId();
        var problem = await shop.Cashier.Post("/api/sales", new
        {
            id, storeId = shop.Store, tillId = shop.Till, shiftId = shop.Shift, lines = shop.Soap(), expectedTotal = 77_486,
            tenders = new object[] { new { method = "cash", amount = 77_486 } },
        }, id.ToString()).IsProblem(409, "price_changed");
        Assert.Equal(96_858, (long)problem["quote"]!["total"]!);
    }

    [Fact]
    public async Task A_quote_rounds_cash_as_soon_as_it_knows_how_much_is_cash()
    {
        var shop = await SellingShop.Open(cells);
        await shop.Rules(Cash(1_000));
        async Task<(long?, long?)> Due(object? tenders)
        {
            var quote = await shop.Ask(shop.Soap(), tenders: tenders).Is(200);
            return ((long?)quote["rounding"], (long?)quote["due"]);
        }

        Assert.Equal((null, null), await Due(null));
        Assert.Equal((142L, 97_000L), await Due(new[] { new { method = "cash" } }));
        Assert.Equal((0L, 96_858L), await Due(new[] { new { method = "card" } }));
        Assert.Equal((null, null), await Due(new[] { new { method = "card" }, new { method = "cash" } }));
        Assert.Equal((-358L, 96_500L), await Due(new object[] { new { method = "card", amount = 500 }, new { method = "cash" } }));
        var (id, answer) = await shop.Ring(shop.Soap());
        Assert.Equal((96_858L, 142L, 97_000L), ((long)answer["total"]!, (long)answer["rounding"]!, (long)answer["due"]!));
        Assert.Equal(6_758, (long)(await shop.Document(id))["tax"]!);

        await shop.Rules(Cash(1_000, RoundedTenders.All), Charges.Own + 1);
        Assert.Equal((142L, 97_000L), await Due(new[] { new { method = "card" } }));
        await shop.Ask(shop.Soap(), tenders: new[] { new { method = "shells" } }).IsProblem(400, "invalid_request");
        await shop.Ask(shop.Soap(), tenders: new[] { new { method = "card", amount = -1 } }).IsProblem(400, "invalid_request");
    }

    [Fact]
    public async Task The_stores_zone_decides_which_taxes_and_fees_are_charged()
    {
        var shop = await SellingShop.Open(cells);
        var abuja = SellingShop.NewId();
        await shop.Shop.Hear(new StoreChanged(abuja, 1, "ABJ", "Abuja", null, "Africa/Lagos", "04:00", false));
        TaxComponent city = new() { Code = "CITY", Rate = 1, Zones = ["lagos"] };
        await shop.Rules(Charges.Book("v", Charges.Vat, city) with { Zones = [new("lagos", [shop.Store]), new("abuja", [])] });
        var here = await shop.Ask(shop.Soap()).Is(200);
        Assert.Equal((90_100L + 6_758 + 901, "lagos"), ((long)here["total"]!, (string?)here["taxZones"]![0]));
        var there = await shop.Ask(shop.Soap(), store: abuja).Is(200);
        Assert.Equal(90_100 + 6_758, (long)there["total"]!);
        Assert.Null(there["taxZones"]);
        Has(there["notCharged"]![0]!, ("rule", "standard/CITY"), ("reason", "other_zone"));
        var sale = await shop.Document((await shop.Ring(shop.Soap())).Id);
        Assert.Equal("lagos", (string?)sale["taxZones"]![0]);

        await shop.Rules(Charges.Book("v", city) with { Zones = [new("lagos", [shop.Store])], ZonesRequired = true }, Charges.Own + 1);
        await shop.Ask(shop.Soap()).Is(200);
        var nowhere = await shop.Ask(shop.Soap(), store: abuja).IsProblem(400, "cannot_be_priced");
        Assert.Equal("tax_zone_required", (string?)nowhere["reason"]);
    }

    [Fact]
    public async Task A_customers_certificate_takes_the_tax_off_between_its_dates()
    {
        var shop = await SellingShop.Open(cells);
        var (embassy, expired, stranger) = (SellingShop.NewId(), SellingShop.NewId(), SellingShop.NewId());
        await shop.Rules(Charges.Book() with
        {
            Exemptions =
            [
                new(embassy, new("DIP-7", new DateTime(2026, 1, 1))), new(expired, new("OLD-1", new DateTime(2020, 1, 1), new DateTime(2021, 1, 1))),
            ],
        });
        var free = await shop.Ask(shop.Soap(), customer: embassy).Is(200);
        Assert.Equal((90_100L, 0L, "DIP-7"), ((long)free["total"]!, (long)free["tax"]!, (string?)free["taxExemption"]));
        Has(free["notCharged"]![0]!, ("rule", "standard/VAT@2020-02-01T00:00:00"), ("reason", "customer_exempt"));
        foreach (var customer in new Guid?[] { expired, stranger, null })
        {
            var taxed = await shop.Ask(shop.Soap(), customer: customer).Is(200);
            Assert.Equal((96_858L, null), ((long)taxed["total"]!, (string?)taxed["taxExemption"]));
        }

        var (id, _) = await shop.Ring(shop.Soap(), customer: embassy);
        var sale = await shop.Document(id);
        Assert.Equal(("DIP-7", "EXEMPT", 0L), ((string?)sale["taxExemption"], (string?)sale["lines"]![0]!["taxes"]![0]!["code"], (long)sale["tax"]!));
        var refund = await shop.Cashier.Post("/api/refunds", new { saleId = id, reason = "back" }, "r").Is(201);
        Assert.Equal(90_100, (long)refund["total"]!);
    }

    [Fact]
    public async Task What_the_owner_sets_in_the_tax_Cell_prices_the_next_quote()
    {
        var shop = await SellingShop.Open(cells);
        var tax = shop.Shop.Client("tax");
        var customer = SellingShop.NewId();
        await tax.Send(HttpMethod.Put, "/api/tax/rules", new
        {
            taxClasses = new[] { new { code = "standard", name = "Ours", components = new[] { new { code = "VAT", rate = "5", zones = new[] { "here" } } } } },
            zones = new[] { new { code = "here", stores = new[] { shop.Store } } },
            fees = new[] { new { code = "BAG", kind = "fixedPerUnit", amount = "100" } },
        }, ifMatch: "\"1\"").Is(200);
        await tax.Post("/api/tax/exemptions", new { customerId = customer, certificateId = "C-1", validFrom = "2020-01-01T00:00:00" }).Is(201);
        // Rules and certificates travel apart, in either order; before the rules there is no tip.
        await PayingShop.Eventually(async () =>
        {
            var asked = await shop.Ask(shop.Soap(), Tip, customer: customer);
            if (!asked.IsSuccessStatusCode)
                return false;
            var quote = await Task.FromResult(asked).Is(200);
            return (string?)quote["taxExemption"] == "C-1" && (long)quote["total"]! == 90_100 + 200 + 2_000;
        }, "the rules and the certificate price a quote");
        Assert.Equal(90_100 + 4_505 + 200, (long)(await shop.Ask(shop.Soap()).Is(200))["total"]!);
    }

    [Fact]
    public async Task Fees_that_cannot_be_charged_are_refused_by_name()
    {
        var shop = await SellingShop.Open(cells);
        await shop.Rules(Charges.Book() with { Fees = Fees });
        foreach (var (fee, reason) in new (object, string)[]
        {
            (new { code = "NONE" }, "fee_unknown"), (new { code = "TIP" }, "fee_amount_invalid"), (new { code = "DELIVERY", amount = 5 }, "fee_amount_invalid"),
            (new { code = "TIP", amount = -5 }, "fee_amount_invalid"),
        })
        {
            var problem = await shop.Ask(shop.Soap(), new[] { fee }).IsProblem(400, "cannot_be_priced");
            Assert.Equal(reason, (string?)problem["reason"]);
        }

        await shop.Ask(shop.Soap(), new object?[] { null }).IsProblem(400, "invalid_request");
        await shop.Ask(shop.Soap(), Enumerable.Repeat(new { code = "TIP", amount = 1 }, 21)).IsProblem(400, "invalid_request");
        await shop.Ask(shop.Soap(), new[] { new { code = "TIP", amount = 1, colour = "red" } }).IsProblem(400, "malformed_request");
    }

    private static void Has(JsonNode node, params (string Member, string Value)[] members)
    {
        foreach (var (member, value) in members)
            Assert.Equal($"{member} {value}", $"{member} {node[member]}");
    }
}
