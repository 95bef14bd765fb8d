namespace WebWaka.Pricing.Tests;

/// <summary>Promotions are found by what is in the cart: none too many, none too few, none from the cart before.</summary>
public sealed class PromotionIndexTests
{
    static AmountOff Off(int id, ItemSelector? items, long amount = 1) => new() { Id = Make.Id(id), Amount = amount, Items = items };

    static RuleBook Hundreds => Make.Rules([.. Enumerable.Range(1, 300).Select(i => Off(i, new() { Products = [Make.Id(i)] }, i))]);

    [Fact]
    public void Among_hundreds_each_line_finds_its_own()
    {
        int[] products = [300, 64, 65, 999];
        var cart = Make.Cart([.. products.Select((product, at) => Make.Line(at + 1, 1_000, product: product))]);
        var priced = cart.Price(Hundreds);
        Assert.Equal([300L, 64, 65, 0], priced.Lines.Select(l => l.Discounts.Sum(d => d.Amount)));
        Assert.Empty(priced.NotApplied);
    }

    [Fact]
    public void A_cart_sees_nothing_of_the_one_before()
    {
        var rules = Hundreds;
        var many = Make.Cart([.. Enumerable.Range(1, 200).Select(i => Make.Line(i, 1_000, product: i))]);
        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(200 * 201 / 2, Pricer.Price(many, rules).Must().Discount);
            var one = Pricer.Price(Make.Cart(Make.Line(1, 1_000, product: 7)), rules).Must();
            Assert.Equal((7L, 1, 0), (one.Discount, one.Applied.Length, one.NotApplied.Length));
            Assert.Equal(0, Pricer.Price(Make.Cart(Make.Line(1, 1_000, product: 999)), rules).Must().Discount);
        }
    }

    [Fact]
    public void A_line_that_a_rule_names_in_every_list_is_its_item_once()
    {
        var items = new ItemSelector { Products = [Make.Id(1), Make.Id(1)], Brands = ["acme"], Categories = ["food", "tea"], Tags = ["sale", "new"] };
        var line = Make.Line(1, 1_000) with { Brand = "acme", Categories = ["food", "tea"], Tags = ["new", "sale"] };
        var priced = Make.Cart(line, Make.Line(2, 1_000) with { Tags = ["sale"] }, Make.Line(3, 1_000)).Price(Make.Rules(Off(1, items, 10)));
        Assert.Equal([10L, 10, 0], priced.Lines.Select(l => l.Discounts.Sum(d => d.Amount)));
    }

    [Fact]
    public void Each_list_finds_its_lines_by_itself()
    {
        CartLine[] lines =
        [
            Make.Line(1, 100), Make.Line(2, 100) with { Brand = "acme" }, Make.Line(3, 100) with { Categories = ["a", "b"] },
            Make.Line(4, 100) with { Tags = ["x", "y"] }, Make.Line(5, 100) with { ProductId = null },
        ];
        string Found(ItemSelector items) =>
            string.Join(' ', Make.Cart(lines).Price(Make.Rules(Off(1, items))).Lines.Where(l => l.Discounts.Length > 0).Select(l => l.Line));
        Assert.Equal("1", Found(new() { Products = [Make.Id(1)] }));
        Assert.Equal("2", Found(new() { Brands = ["acme"] }));
        Assert.Equal("3", Found(new() { Categories = ["b"] }));
        Assert.Equal("4", Found(new() { Tags = ["x"] }));
        Assert.Equal("1 2 3 4 5", Found(new()));
        Assert.Equal("1 3 4 5", Found(new() { ExcludedBrands = ["acme"] }));
        Assert.Equal("2 3 4 5", Found(new() { ExcludedProducts = [Make.Id(1)] }));
        Assert.Equal("1 2 4 5", Found(new() { ExcludedCategories = ["a"] }));
        Assert.Equal("1 2 3 5", Found(new() { ExcludedTags = ["y"] }));
        Assert.Equal("2", Found(new() { Brands = ["acme"], Tags = ["y"], ExcludedTags = ["x"] }));
        Assert.Equal("", Found(new() { Brands = ["ACME"], Categories = ["A"], Tags = ["X"] }));
    }

    [Fact]
    public void Who_asks_hears_of_hundreds_that_were_not_in_question()
    {
        var priced = Pricer.Price(Make.Cart(Make.Line(1, 1_000, product: 70)), Hundreds, everyRule: true).Must();
        Assert.Equal([.. Enumerable.Range(1, 300).Where(i => i != 70).Select(i => (Guid?)Make.Id(i))], priced.NotApplied.Select(n => n.PromotionId));
        Assert.All(priced.NotApplied, n => Assert.Equal(("no_matching_item", null, 1L), (n.Reason, n.CouponCode, n.Version)));
    }

    [Fact]
    public void A_cart_of_nothing_that_may_be_discounted_meets_no_promotion()
    {
        var card = Make.Line(1, 1_000) with { NotDiscountable = true };
        Assert.Empty(Make.Cart(card).Price(Make.Rules(Off(1, null))).NotApplied);
        var coupon = Off(1, null) with { Coupon = new(["SAVE"]) };
        var priced = (Make.Cart(card) with { Coupons = [new("SAVE")] }).Price(Make.Rules(coupon));
        Assert.Equal(new NotApplied(Make.Id(1), "SAVE", "no_matching_item", 1, ""), Assert.Single(priced.NotApplied));
    }

    [Fact]
    public void A_code_is_found_among_generated_ones_or_in_the_rules_own_list()
    {
        var shared = Off(1, null, 10) with { Coupon = new(["Save 10", "ten"]) };
        var generated = Off(2, null, 20) with { Coupon = new([]) };
        var open = Off(3, null, 30);
        string Of(params CartCoupon[] codes)
        {
            var priced = (Make.Cart(Make.Line(1, 1_000)) with { Coupons = codes }).Price(Make.Rules(shared, generated, open));
            return string.Join(' ', priced.Applied.Select(a => $"{a.Amount}:{a.CouponCode}"))
                + string.Concat(priced.NotApplied.Select(n => $", {n.CouponCode} {n.Reason}"));
        }

        Assert.Equal("10:save 10 30:,  coupon_required", Of(new CartCoupon(" \tsave 10\r\n")));
        Assert.Equal("20:X7 30:,  coupon_required", Of(new CartCoupon("X7", Make.Id(2))));
        Assert.Equal("30:, X7 coupon_unknown,  coupon_required,  coupon_required", Of(new CartCoupon("X7", Make.Id(3))));
        Assert.Equal("30:, X7 coupon_unknown,  coupon_required,  coupon_required", Of(new CartCoupon("X7", Make.Id(4))));
        Assert.Equal("30:, ten coupon_unknown,  coupon_required,  coupon_required", Of(new CartCoupon("ten", Make.Id(4))));
        // The first rule by id has a code that two claim; the same code twice counts once.
        Assert.Equal("10:TEN 30:, ten coupon_repeated,  coupon_required", Of(new("ten"), new("TEN")));
        // Codes of letters beyond A to Z are compared as they are.
        Assert.Equal("30:, ÉTÉ coupon_unknown,  coupon_required,  coupon_required", Of(new CartCoupon("ÉTÉ")));
    }

    [Fact]
    public void Order_is_exclusive_best_lines_and_groups_then_order_by_priority_and_id()
    {
        AmountOff One(int id, StackingMode mode, PromotionScope scope, int priority) =>
            Off(id, null) with { Stacking = new(mode), Scope = scope, Priority = priority };
        Promotion[] rules =
        [
            One(9, StackingMode.Stackable, PromotionScope.Order, 99), One(8, StackingMode.Stackable, PromotionScope.Group, 1),
            One(7, StackingMode.Stackable, PromotionScope.Line, 2), One(6, StackingMode.Stackable, PromotionScope.Line, 1),
            One(5, StackingMode.Best, PromotionScope.Line, 0), One(4, StackingMode.Stackable, PromotionScope.Order, 100),
        ];
        var cart = Make.Cart(Make.Line(1, 1_000));
        Assert.Equal([5, 7, 6, 8, 4, 9], cart.Price(Make.Rules(rules)).Applied.Select(a => a.PromotionId.ToByteArray()[0]));
        var alone = cart.Price(Make.Rules([.. rules, One(3, StackingMode.Exclusive, PromotionScope.Line, -5)]));
        Assert.Equal(Make.Id(3), alone.Applied.Single().PromotionId);
        Assert.All(alone.NotApplied, n => Assert.Equal("not_combinable", n.Reason));
    }
}
