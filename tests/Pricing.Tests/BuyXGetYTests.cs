namespace WebWaka.Pricing.Tests;

/// <summary>Buy X get Y, unit by unit: which are given, which count as bought, and how many sets that is.</summary>
public sealed class BuyXGetYTests
{
    static readonly ItemSelector Shirts = new() { Products = [Make.Id(1)] };
    static readonly ItemSelector Ties = new() { Products = [Make.Id(2)] };

    static BuyXGetY Get(int buy, int get) => new() { Id = Make.Id(50), Buy = buy, Get = get };

    static string Off(PricedCart priced) =>
        string.Join(' ', priced.Lines.Select(l => l.Discounts.Sum(d => d.Amount))) + string.Concat(priced.Applied.Select(a => $", {a.Count}"));

    [Fact]
    public void Of_the_same_product_each_is_counted_by_itself_and_a_line_without_one_too()
    {
        CartLine Custom(int line, decimal price, decimal quantity) => Make.Line(line, price, quantity) with { ProductId = null };
        var cart = Make.Cart(
            Make.Line(1, 100, product: 8), Make.Line(2, 300, product: 7), Make.Line(3, 80, product: 8), Custom(4, 50, 1), Custom(5, 60, 1), Custom(6, 40, 2));
        var rule = Get(1, 1) with { Match = BuyXGetYMatch.SameProduct };
        Assert.Equal("0 0 80 0 0 40, 2", Off(cart.Price(Make.Rules(rule))));
        // Together the cheapest three of seven are given: both of 40 and the 50.
        Assert.Equal("0 0 0 50 0 80, 3", Off(cart.Price(Make.Rules(rule with { Match = BuyXGetYMatch.Cheapest }))));
        var lone = Make.Cart(Make.Line(1, 100), Make.Line(2, 100)).Price(Make.Rules(rule));
        Assert.Equal("below_minimum_quantity", Assert.Single(lone.NotApplied).Reason);
    }

    [Fact]
    public void The_dearest_count_as_bought_so_the_cheap_ones_are_left_for_the_next()
    {
        var once = Get(1, 1) with { Repeat = false };
        var cart = Make.Cart(Make.Line(1, 100, 2), Make.Line(2, 300, 2));
        // 100 for 300, and again: the second finds a 100 and a 300.
        Assert.Equal("200 0, 1, 1", Off(cart.Price(Make.Rules(once, once with { Id = Make.Id(51) }))));
        Assert.Equal("200 0, 2", Off(cart.Price(Make.Rules(Get(1, 1)))));
    }

    [Theory]
    [InlineData(3, 2, 2, "0 40, 2")] // three can be bought with, two given
    [InlineData(1, 5, 1, "0 20, 1")]
    [InlineData(0, 5, 0, "0 0")]
    [InlineData(4, 0, 0, "0 0")]
    public void What_is_given_may_be_other_items(int shirts, int ties, int sets, string expected)
    {
        var rule = Get(1, 1) with { Items = Shirts, GetItems = Ties };
        var lines = new[] { Make.Line(1, 100, shirts, product: 1), Make.Line(2, 20, ties, product: 2) }.Where(line => line.Quantity > 0);
        var priced = Make.Cart([.. lines]).Price(Make.Rules(rule));
        Assert.Equal(sets, priced.Applied.Sum(a => a.Count));
        if (sets > 0) Assert.Equal(expected, Off(priced));
    }

    [Fact]
    public void What_is_only_bought_is_not_given_though_it_is_cheaper()
    {
        var rule = Get(1, 1) with { Items = Shirts, GetItems = Ties };
        Assert.Equal("0 20, 1", Off(Make.Cart(Make.Line(1, 5, 1, product: 1), Make.Line(2, 20, 3, product: 2)).Price(Make.Rules(rule))));
        Assert.Equal("20 0, 1", Off(Make.Cart(Make.Line(1, 20, 3, product: 2), Make.Line(2, 5, 1, product: 1)).Price(Make.Rules(rule))));
        // One shirt does not buy where two are wanted, whatever there would be to give.
        var two = Make.Cart(Make.Line(1, 5, 1, product: 1), Make.Line(2, 20, 5, product: 2)).Price(Make.Rules(rule with { Buy = 2 }));
        Assert.Equal("below_minimum_quantity", Assert.Single(two.NotApplied).Reason);
    }

    [Fact]
    public void What_counts_as_bought_is_the_dearest_that_is_not_given()
    {
        // Three of five for two: 10 10 are given, 30 30 20 are bought; a later one for one finds only the 20 that is left over.
        var first = Get(3, 2) with { Repeat = false, Priority = 1 };
        var cart = Make.Cart(Make.Line(1, 30, 2), Make.Line(2, 20, 2), Make.Line(3, 10, 2));
        Assert.Equal("0 0 20, 1", Off(cart.Price(Make.Rules(first, Get(1, 1) with { Id = Make.Id(51) }))));
        // With one unit more there are two left for it: of 20 and 20 one is given.
        var more = Make.Cart(Make.Line(1, 30, 2), Make.Line(2, 20, 3), Make.Line(3, 10, 2));
        Assert.Equal("0 20 20, 1, 1", Off(more.Price(Make.Rules(first, Get(1, 1) with { Id = Make.Id(51) }))));
    }

    [Fact]
    public void Bought_on_several_lines_and_given_on_others()
    {
        var (either, others) = (new ItemSelector { Products = [Make.Id(1), Make.Id(3)] }, new ItemSelector { Products = [Make.Id(3)] });
        CartLine Of(int line, decimal price, decimal quantity, int product) => Make.Line(line, price, quantity, product);
        // The first and the third are bought for the second.
        var rule = Get(2, 1) with { Items = either, GetItems = Ties };
        Assert.Equal("0 20 0, 1", Off(Make.Cart(Of(1, 100, 1, 1), Of(2, 20, 1, 2), Of(3, 100, 1, 3)).Price(Make.Rules(rule))));
        // A shirt that is over is not given for it.
        rule = Get(1, 1) with { Items = Shirts, GetItems = Ties };
        Assert.Equal("0 20, 1", Off(Make.Cart(Of(1, 5, 2, 1), Of(2, 20, 1, 2)).Price(Make.Rules(rule))));
        // Nor does the tie that is over count as bought: it is there for a gift.
        var gift = new FreeGift { Id = Make.Id(51), Gifts = Ties };
        Assert.Equal("0 1800, 1, 1", Off(Make.Cart(Of(1, 100, 1, 1), Of(2, 900, 2, 2)).Price(Make.Rules(rule, gift))));
        // Of two cheap and two dear three are bought and a dear one given: nothing is left.
        rule = Get(3, 1) with { Items = either, GetItems = others };
        var all = Make.Cart(Of(1, 10, 2, 1), Of(2, 20, 2, 3)).Price(Make.Rules(rule, gift with { Gifts = Shirts }));
        Assert.Equal(("0 20, 1", "gift_not_in_cart"), (Off(all), Assert.Single(all.NotApplied).Reason));
    }

    [Fact]
    public void What_may_be_either_is_given_only_as_far_as_enough_is_left_to_buy()
    {
        var either = new ItemSelector { Products = [Make.Id(1), Make.Id(3)] };
        var any = new ItemSelector { Products = [Make.Id(1), Make.Id(2), Make.Id(3)] };
        // Two of three shirts are bought: one is given, and the dear tie.
        var two = Make.Cart(Make.Line(1, 100, 3, product: 1), Make.Line(2, 900, product: 2));
        Assert.Equal("100 900, 1", Off(two.Price(Make.Rules(Get(2, 2) with { Items = Shirts, GetItems = any }))));
        // Three of four are bought: one of the cheapest is given, none of the next, and the dear tie.
        var three = Make.Cart(Make.Line(1, 100, 2, product: 1), Make.Line(2, 200, 2, product: 3), Make.Line(3, 900, product: 2));
        Assert.Equal("100 0 900, 1", Off(three.Price(Make.Rules(Get(3, 3) with { Items = either, GetItems = any }))));
    }

    [Theory]
    [InlineData(2, 3, 4, "2, 1")] // one set wants five: two bought, two of three given
    [InlineData(2, 3, 5, "3, 1")]
    [InlineData(2, 3, 7, "3, 1")] // the next set is bought and gets nothing
    [InlineData(2, 3, 8, "4, 2")]
    [InlineData(3, 1, 8, "2, 2")]
    [InlineData(1, 1, 9, "4, 4")]
    public void A_set_may_give_less_than_it_could(int buy, int get, int quantity, string expected) =>
        Assert.Equal(expected, Off(Make.Cart(Make.Line(1, 1, quantity)).Price(Make.Rules(Get(buy, get)))));

    /// <summary>Two shirts that are also ties and one tie: buy one get two gives a shirt-tie and the tie, the dear one is bought.</summary>
    [Fact]
    public void Units_that_may_be_either_stay_behind_for_buying()
    {
        var rule = Get(1, 2) with { Items = Shirts, GetItems = new() { Products = [Make.Id(1), Make.Id(2)] } };
        Assert.Equal("500 200, 1", Off(Make.Cart(Make.Line(1, 500, 2, product: 1), Make.Line(2, 200, product: 2)).Price(Make.Rules(rule))));
        Assert.Equal("0 400, 1", Off(Make.Cart(Make.Line(1, 500, 1, product: 1), Make.Line(2, 200, 3, product: 2)).Price(Make.Rules(rule))));
    }

    [Fact]
    public void What_may_not_be_discounted_is_neither_bought_nor_given()
    {
        var rule = Get(1, 1) with { Items = Shirts, GetItems = Ties };
        var (shirt, tie) = (Make.Line(1, 100, product: 1), Make.Line(2, 20, product: 2));
        Assert.Equal("0 20, 1", Off(Make.Cart(shirt, tie).Price(Make.Rules(rule))));
        Assert.Equal("0 0", Off(Make.Cart(shirt, tie with { NotDiscountable = true }).Price(Make.Rules(rule))));
        Assert.Equal("0 0", Off(Make.Cart(shirt with { NotDiscountable = true }, tie).Price(Make.Rules(rule))));
        Assert.Equal("0 0", Off(Make.Cart(shirt, tie with { Quantity = -1, IsReturn = true }).Price(Make.Rules(rule))));
    }

    [Theory]
    [InlineData("100", 150)]
    [InlineData("50", 75)]
    [InlineData("33.3", 50)] // 49.95
    [InlineData("0.1", 0)] // 0.15
    public void A_given_unit_costs_its_share_of_what_is_left_of_the_line(string percent, long off)
    {
        var cart = Make.Cart(Make.Line(1, 200, 3) with { Discount = new() { Percent = 25 } });
        Assert.Equal(off, cart.Price(Make.Rules(Get(2, 1) with { Percent = percent.MinorExact(0) })).Applied.Sum(a => a.Amount));
    }

    [Fact]
    public void Many_lines_are_put_in_order_of_what_a_unit_costs()
    {
        // Thirty lines at 130, 129 ... 101, then thirty at 101 ... 130: the cheapest are the middle ones, of equals the lower line.
        var lines = Enumerable.Range(1, 60).Select(i => Make.Line(i, i <= 30 ? 131 - i : 70 + i));
        var priced = Make.Cart([.. lines]).Price(Make.Rules(Get(56, 3)));
        Assert.Equal([29, 30, 31], priced.Lines.Where(l => l.Discounts.Length > 0).Select(l => l.Line));
        Assert.Equal(101 + 101 + 102, priced.Discount);
    }
}
