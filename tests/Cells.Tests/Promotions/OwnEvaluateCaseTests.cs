using System.Text.Json.Nodes;
using WebWaka.Cells.Tests.Tax;

namespace WebWaka.Cells.Tests.Promotions;

/// <summary>Promotions and carts of the kinds of the worked cases with other numbers, through the door; expected by the kind's formula.</summary>
public sealed class OwnEvaluateCaseTests(CellsFixture cells)
{
    private static readonly Guid[] Goods = [.. Enumerable.Range(0, 6).Select(_ => PromotionRules.Id())];

    private async Task<JsonNode> Evaluate(object[] lines, params object[] rules)
    {
        var cart = new { currency = "NGN", at = "2026-06-15T12:00:00+01:00", lines, tenders = new[] { "cash" } };
        return await new Shop(cells).Client("promotions").Post("/api/promotions/evaluate", new { cart, rules }).Is(200);
    }

    private static object Line(int product, string unitPrice, string quantity = "1") => new { productId = Goods[product], quantity, unitPrice };

    private static object[] Lines(string prices) => [.. prices.Split(' ').Select((price, i) => Line(i, price))];

    private static long[] Discounts(JsonNode answer) =>
        [.. answer["lines"]!.AsArray().Select(line => line!["discounts"]!.AsArray().Sum(discount => (long)discount!["amount"]!))];

    private static long[] Split(long amount, long[] weights)
    {
        var sum = weights.Sum();
        long[] parts = [.. weights.Select(weight => amount * weight / sum)];
        var order = Enumerable.Range(0, weights.Length).OrderByDescending(i => amount * weights[i] % sum).ThenBy(i => i);
        foreach (var i in order.Take((int)(amount - parts.Sum())))
            parts[i]++;
        return parts;
    }

    [Theory]
    [InlineData("230 999 1001 5", "5")]
    [InlineData("106 206 306 406", "10")]
    [InlineData("7777 1999", "17.5")]
    [InlineData("1 3 5", "50")]
    [InlineData("1000", "33.333333")]
    public async Task A_percentage_of_each_line_leaves_a_rounded_price(string prices, string percent)
    {
        var answer = await Evaluate(Lines(prices), new { type = "percentOff", name = "P", percent });
        var expected = prices.Split(' ').Select(long.Parse).Select(price => price - (price * (100 - Exact.Of(percent)).Percent).Round());
        Assert.Equal(expected, Discounts(answer));
    }

    [Theory]
    [InlineData("10000 5000", "7.5")]
    [InlineData("333 333 334", "10")]
    public async Task A_percentage_of_the_order_is_split_by_what_lines_cost(string prices, string percent)
    {
        long[] listed = [.. prices.Split(' ').Select(long.Parse)];
        var answer = await Evaluate(Lines(prices), new { type = "percentOff", name = "P", percent, scope = "order" });
        var off = listed.Sum() - (listed.Sum() * (100 - Exact.Of(percent)).Percent).Round();
        Assert.Equal(Split(off, listed), Discounts(answer));
        Assert.Equal(off, (long)Assert.Single(answer["applied"]!.AsArray())!["amount"]!);
    }

    [Theory]
    [InlineData("999 1 500", 777)]
    [InlineData("100 100 100", 1_000)]
    [InlineData("2 2 2", 5)]
    public async Task An_amount_off_the_order_takes_at_most_what_there_is(string prices, long amount)
    {
        long[] listed = [.. prices.Split(' ').Select(long.Parse)];
        var answer = await Evaluate(Lines(prices), new { type = "amountOff", name = "A", amount, scope = "order" });
        Assert.Equal(Split(Math.Min(amount, listed.Sum()), listed), Discounts(answer));
    }

    [Theory]
    [InlineData(3, 1, 7, 100, 1)]
    [InlineData(2, 1, 8, 999, 2)]
    [InlineData(1, 1, 5, 333, 2)]
    [InlineData(4, 2, 17, 50, 5)]
    public async Task Buy_some_and_get_some_gives_its_sets(int buy, int get, int quantity, long price, int free)
    {
        var answer = await Evaluate([Line(0, $"{price}", $"{quantity}")], new { type = "buyXGetY", name = "B", buy, get });
        Assert.Equal(free * price, (long)answer["discount"]!);
    }

    [Theory]
    [InlineData("4", 0)]
    [InlineData("5", 250)]
    [InlineData("12", 1_200)]
    public async Task The_highest_tier_that_is_reached_gives(string quantity, long off)
    {
        var answer = await Evaluate([Line(0, "1000", quantity)], new
        {
            type = "tiered", name = "T", basis = "quantity", tiers = new object[] { new { from = "5", percent = "5" }, new { from = "10", percent = "10" } },
        });
        Assert.Equal(off, (long)answer["discount"]!);
    }

    [Fact]
    public async Task The_best_of_a_group_is_given_and_the_other_says_so()
    {
        var stacking = new { mode = "best", group = "g" };
        var answer = await Evaluate(
            [Line(0, "3000")], new { type = "amountOff", name = "fixed", amount = 599, stacking },
            new { type = "percentOff", name = "percent", percent = "20", stacking });
        Assert.Equal(600, (long)answer["discount"]!);
        Assert.Equal(("fixed", "better_promotion"),
            ((string?)Assert.Single(answer["notApplied"]!.AsArray())!["name"], (string?)answer["notApplied"]![0]!["reason"]));
    }

    [Fact]
    public async Task A_cap_a_threshold_and_a_tender_are_kept_to()
    {
        var answer = await Evaluate(
            [Line(0, "10000"), Line(1, "4900")],
            new { type = "percentOff", name = "capped", percent = "30", items = new { products = new[] { Goods[0] } }, caps = new { amountPerOrder = 340 } },
            new { type = "amountOff", name = "above", amount = 100, items = new { products = new[] { Goods[1] } }, conditions = new { minimumAmount = 5_000 } },
            new { type = "amountOff", name = "card", amount = 100, conditions = new { tenders = new[] { "card" } } });
        Assert.Equal([340L, 0L], Discounts(answer));
        Assert.Equal(
            ["above below_minimum_amount", "card other_tender"],
            answer["notApplied"]!.AsArray().Select(refused => $"{refused!["name"]} {refused["reason"]}").Order());
    }

    [Fact]
    public async Task A_bundle_costs_its_price_however_it_divides()
    {
        var answer = await Evaluate(
            [Line(0, "3333"), Line(1, "1667"), Line(2, "1000")],
            new
            {
                type = "bundle", name = "Meal", price = 4_001,
                parts = Enumerable.Range(0, 3).Select(i => new { quantity = 1, items = new { products = new[] { Goods[i] } } }),
            });
        Assert.Equal(4_001, (long)answer["total"]!);
        Assert.Equal(Split(1_999, [3_333, 1_667, 1_000]), Discounts(answer));
    }
}
