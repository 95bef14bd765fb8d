using System.Text.Json;

namespace WebWaka.Pricing.Tests;

/// <summary>For each vector: the expected figures from the file and the actual ones.</summary>
internal static class PosPromotionCases
{
    public static Dictionary<string, Func<JsonElement, (object?, object?)>> All { get; } = new(StringComparer.Ordinal)
    {
        ["PROMO-002"] = e => NetGross(e, Of(Percent(50), Taxed("20% incl", 1400), Taxed("10% incl", 650, 2))),
        ["PROMO-005"] = e => NetGross(e, Of(Order(new FixedPrice { Id = default, Price = 420 }, minimum: 1000), Taxed("20% excl", 500))),
        ["PROMO-008"] = e => NetGross(e, Of(Order(Percent(50)), Taxed("20% excl", 100))),
        ["PROMO-011"] = e => (Figures(e, "line_gross"), Of(Order(Amount(500)), Taxed("20% incl", 500), Taxed("0% incl",
            500)).Lines.Select(l => l.Total).ToArray()),
        ["PROMO-014"] = e =>
            NetGross(e, Of([Order(Percent(50), quantity: 3), Order(Percent(10), minimum: 1000)], Taxed("20% excl", 800, 3))),
        ["PROMO-017"] = e => NetGross(e, Of([Percent(10), Order(Percent(10))], Taxed("20% excl", 155880))),
        ["PROMO-022"] = e => (Figure(e, "gross"), Of(Order(Percent(100), minimum: 10000), Taxed("20% excl", 5000, 2)).Total),
        ["PROMO-025"] = e => (Figure(e, "gross"), Of(Percent(10) with { Conditions = new() { CustomerGroups = ["staff"] } },
            Taxed("20% excl", 5000, 2)).Total),
        ["PROMO-028"] = e => NetGross(e, Of(Order(Amount(1000)), Taxed("20% excl", 5000))),
        ["PROMO-031"] = e => NetGross(e, Of(Amount(1000), Taxed("20% excl", 1000, 3))),
        ["PROMO-034"] = e => (Figure(e, "gross"), Of(Order(Percent(20)), Taxed("20% excl", 100), Taxed("20% excl", 0)).Total),
        ["PROMO-038"] = e => (Words(e, "results"), Uses()),
        ["PROMO-041"] = e =>
            (Figures(e, "discounts"), Discounts(Of(Percent(10) with { Caps = new() { UnitsPerLine = 1 } }, Plain(100), Plain(150, 5)))),
        ["PROMO-046"] = _ => (0L, Of(Get(4, 1, buy: 2, give: 1), Plain(500, 2), Plain(1000, 2)).Discount),
        ["PROMO-050"] = e =>
            (Figures(e, "discounts", 2), Of([Get(50, 1000), Get(10, 20)], Plain(2_50, 1080)).Applied.Select(a => a.Amount).ToArray()),
        ["PROMO-053"] = e => (Figure(e, "discount", 2), Of(Group(Percent(15)) with { Caps = new() { AmountPerOrder = 50_00 } },
            Plain(120_00), Plain(230_00), Plain(300_00)).Discount),
        ["PROMO-056"] = e =>
            (Figure(e, "discount", 2), Of(Tiers(TierBasis.Amount, (0, 10), (20_00, 15), (30_00, 20)), Plain(30_00)).Discount),
        ["PROMO-059"] = e =>
            (Figure(e, "discount", 2), Discounts(Of(Tiers(TierBasis.Quantity, (1, 10), (10, 15)), Plain(50_00, 2), Plain(1_00, 3)))[0]),
        ["PROMO-062"] = e => (Figure(e, "discount"), Of(Groups(2, 5), Plain(10, 2)).Discount),
        ["PROMO-065"] = e => (Figures(e, "discounts"), Discounts(Of(Groups(3, 5), Plain(10, 2), Plain(10), Plain(10)))),
        ["PROMO-068"] = e =>
            (Figure(e, "total", 2), Of([Percent(20, product: 1), Order(Amount(10_00), minimum: 68_00)], Plain(30_00), Plain(40_00)).Total),
        ["PROMO-071"] = e => ((Flags(e, "gt"), Flags(e, "gte")), (Above(50, more: true), Above(50, more: false))),
        ["PROMO-074"] = e => (Figure(e, "free_qty"), Of(Get(3, 1), Plain(1, 2)).Discount),
        ["PROMO-077"] = e => (Figure(e, "free_qty"), Of(Get(3, 1), Plain(1, 75 + 25)).Discount),
        ["PROMO-080"] = e => (e.GetProperty("discounts").GetInt64(), Of(Order(Percent(20)) with
            { Conditions = new() { MinimumAmount = 320, AmountBasis = AmountBasis.Net } }, Taxed("15% incl", 320)).Discount),
        ["PROMO-083"] = e => NetTotal(e, Of([], Taxed("15% excl", 100_00, 4), Taxed("10% incl", 100_00, 3), Taxed("none", 100_00, 5),
            Taxed("35% incl + 50% excl", 100_00, 3), Taxed("15% excl", 100_00, 2))),
        ["PROMO-086"] = e =>
            (Figure(e, "total", 2), Of([Alone(Order(Percent(10)), "auto"), Alone(Order(Percent(10)), "code")], Plain(320_00)).Total),
        ["PROMO-089"] = e => (Figures(e, "totals", 2), new[] { 10, 15, 5 }.Select(q => Of([Order(Amount(100_00), minimum: 100_00),
            Order(Amount(100_00), minimum: 100_00)], Plain(16_50, q)).Total).ToArray()),
        ["PROMO-092"] = e => ((Figure(e, "total", 2), Figure(e, "net", 2), Figure(e, "tax", 2)), Sums(Of([Order(Amount(290_00)),
            Order(Percent(10))], Taxed("10% incl", 100_00), Plain(100_00), Plain(100_00)))),
        ["PROMO-095"] = e => (Figures(e, "totals", 2), new[] { 14, 17, 20 }.Select(q => Of(Tiers(TierBasis.Amount, (1500_00, 10),
            (1750_00, 15), (2000_00, 20), (2500_00, 25)), Plain(118_00, q)).Total).ToArray()),
        ["PROMO-098"] = e => ((Figure(e, "after_two", 2), Figure(e, "total", 2)), (Abc([]), Abc([Order(Percent(10))]))),
        ["PROMO-101"] = e => (Figure(e, "gift_card_charged", 2), PaidByGiftCard(Of(Order(Percent(10)), Plain(100_00)).Total)),
        ["PROMO-104"] = e => (Figures(e, "discounts", 2), Discounts(Of(Percent(10), Plain(1_06), Plain(2_06), Plain(3_06), Plain(4_06)))),
        ["PROMO-107"] = e => ((Figure(e, "item_discount", 2), Figure(e, "voucher_discount_at_qty_1", 2), 2 * Figure(e,
            "unit_price_at_qty_2", 2)), ItemThenVoucher(19_99, Percent(13), Order(Percent(13)))),
        ["PROMO-110"] = e => ((Figure(e, "item_discount", 2), Figure(e, "voucher_discount_at_qty_1", 2), 2 * Figure(e,
            "unit_price_at_qty_2", 2)), ItemThenVoucher(77_77, Percent(17.5m), Order(Amount(25_00)))),
        ["PROMO-113"] = e => (Figure(e, "discount", 2), Of([Best(Amount(5_99)), Best(Amount(6_00))], Plain(30_00)).Discount),
        ["PROMO-116"] = e => (Figure(e, "subtotal"), Of(Order(Amount(20_00)), Plain(10_00)).Total),
        ["PROMO-120"] = e => (Figure(e, "remaining_gross", 2), Of([], Taxed("20% excl", 30_00)).Total - PaidByGiftCard(12_00)),
        ["PROMO-123"] = e => (Figures(e, "discounts", 2), new[] { (30, 100_00), (60, 200_00), (1, 200_00) }.Select(c =>
            Of(Percent(c.Item1) with { Caps = new() { AmountPerOrder = 3_40 } }, Plain(c.Item2)).Discount).ToArray()),
        ["PROMO-127"] = e => (12 * Figure(e, "unit_price", 2), Of(Tiers(TierBasis.Quantity, (5, 5), (10, 10)), Plain(100_00, 12)).Total),
        ["PROMO-131"] = e =>
            (Figures(e, "unit_prices", 2), new[] { new DateTime(2024, 1, 15), new DateTime(2024, 3, 1) }.Select(Dated).ToArray()),
    };

    static Promotion Groups(int size, long each) => new Bundle { Id = default, Parts = [new(size)], AmountEach = each };

    /// <summary>5 off A or B, the cheapest used up first, then 10 off A, then what is given.</summary>
    static long Abc(Promotion[] then) => Of(
        [
            Group(Amount(5_00)) with { Items = new() { Products = [Make.Id(1), Make.Id(2)] }, Spread = Spread.CheapestFirst },
            Amount(10_00) with { Items = new() { Products = [Make.Id(1)] } }, .. then,
        ], Plain(6_00), Plain(4_00), Plain(10_00)).Total;

    static string Above(long minimum, bool more) => string.Join(' ', new[] { 49, 50, 51 }.Select(amount => Of(Order(Amount(1)) with
        { Conditions = new() { MinimumAmount = minimum, MoreThanMinimum = more } }, Plain(amount)).Discount == 1));

    /// <summary>A promotion for one use: used, tried again, the first cancelled, used.</summary>
    static string Uses() => string.Join(' ', new long?[] { 0, 1, null, 0 }.Select(used => used is not { } uses ? "released"
        : (Make.Cart(Make.Line(1, 100)) with { Usage = [new(Make.Id(1), Total: uses)] })
            .Price(Make.Rules(new AmountOff { Id = Make.Id(1), Amount = 10, Caps = new() { UsesInTotal = 1 } }))
            .NotApplied is [{ Reason: "used_up_in_total" }] ? "limit_error" : "ok"));

    static string Words(JsonElement expected, string member) =>
        string.Join(' ', expected.GetProperty(member).EnumerateArray().Select(word => word.GetString()));

    static string Flags(JsonElement expected, string member) =>
        string.Join(' ', expected.GetProperty(member).EnumerateArray().Select(flag => flag.GetBoolean()));

    static (decimal Price, decimal Quantity, string Tax) Plain(decimal price, decimal quantity = 1) => (price, quantity, "none");

    static (decimal Price, decimal Quantity, string Tax) Taxed(string tax, decimal price, decimal quantity = 1) => (price, quantity, tax);

    static PricedCart Of(Promotion promotion, params (decimal Price, decimal Quantity, string Tax)[] lines) => Of([promotion], lines);

    /// <summary>Prices lines with promotions in order of priority.</summary>
    static PricedCart Of(Promotion[] promotions, params (decimal Price, decimal Quantity, string Tax)[] lines)
    {
        var cart = Make.Cart([.. lines.Select((line, i) => Make.Line(i + 1, line.Price, line.Quantity, taxClass: line.Tax))]);
        return cart.Price(new()
        {
            Promotions = [.. promotions.Select((p, i) => p with { Id = Make.Id(i + 1), Priority = -i })],
            TaxClasses = [.. lines.Select(l => l.Tax).Distinct(StringComparer.Ordinal).Select(tax => Make.Class(tax,
                [.. PosCarts.OfText(tax)]))],
        });
    }

    static Promotion Percent(decimal percent, int product = 0) =>
        new PercentOff { Id = default, Percent = percent, Items = product == 0 ? null : new() { Products = [Make.Id(product)] } };

    static Promotion Amount(long amount) => new AmountOff { Id = default, Amount = amount };

    static Promotion Order(Promotion promotion, long? minimum = null, decimal? quantity = null) => promotion with
    {
        Scope = PromotionScope.Order,
        Conditions = new() { MinimumAmount = minimum, MinimumQuantity = quantity },
    };

    static Promotion Group(Promotion promotion) => promotion with { Scope = PromotionScope.Group };

    static Promotion Alone(Promotion promotion, string group) => promotion with { Stacking = new(StackingMode.Stackable, group) };

    static Promotion Best(Promotion promotion) => promotion with { Stacking = new(StackingMode.Best) };

    static Promotion Get(int buyQuantity, int getQuantity, int buy = 0, int give = 0) => new BuyXGetY
    {
        Id = default,
        Buy = buyQuantity,
        Get = getQuantity,
        Items = buy == 0 ? null : new() { Products = [Make.Id(buy)] },
        GetItems = give == 0 ? null : new() { Products = [Make.Id(give)] },
    };

    static Promotion Tiers(TierBasis basis, params (decimal From, decimal Percent)[] tiers) =>
        new Tiered { Id = default, Basis = basis, Tiers = [.. tiers.Select(t => new Tier { From = t.From, Percent = t.Percent })] };

    static long Dated(DateTime day)
    {
        var rule = new AmountOff { Id = Make.Id(1), Amount = 5_00, Conditions = new() { ValidFrom = new(2024, 1, 1), ValidTo = new(2024,
            2, 1) } };
        return (Make.Cart(Make.Line(1, 30_00)) with { At = new(day, TimeSpan.FromHours(1)) }).Price(Make.Rules(rule)).Total;
    }

    static long PaidByGiftCard(long amount) => Make.Settle(amount, "NGN", null, new Tender("giftCard", amount)).Paid;

    static (long, long, long) ItemThenVoucher(long price, Promotion item, Promotion voucher)
    {
        var one = Of([item, voucher], Plain(price)).Applied;
        return (one[0].Amount, one[1].Amount, Of([item, voucher], Plain(price, 2)).Total);
    }

    static (long, long, long) Sums(PricedCart cart) => (cart.Total, cart.Net, cart.Tax);

    static long[] Discounts(PricedCart cart) => [.. cart.Lines.Select(l => l.Discounts.Sum(d => d.Amount))];

    static (object, object) NetGross(JsonElement e, PricedCart cart) => ((Figure(e, "net"), Figure(e, "gross")), (cart.Net, cart.Total));

    static (object, object) NetTotal(JsonElement e, PricedCart cart) =>
        ((Figure(e, "net", 2), Figure(e, "total", 2)), (cart.Net, cart.Total));

    static long Figure(JsonElement expected, string member, int exponent = 0) => expected.GetProperty(member).Minor(exponent);

    static long[] Figures(JsonElement expected, string member, int exponent = 0) =>
        [.. expected.GetProperty(member).EnumerateArray().Select(f => f.Minor(exponent))];
}
