namespace WebWaka.Pricing.Tests;

public sealed class ConditionTests
{
    static readonly Guid Customer = Make.Id(77);

    // 15 June 2026 is a Monday.
    static readonly DateTime Noon = new(2026, 6, 15, 12, 0, 0);

    public static TheoryData<string, PromotionConditions> Each => new()
    {
        { "applied", new() },
        { "applied", new() { Stores = [Make.Store], Tills = [Make.Id(5)], Customers = [Customer], CustomerGroups = ["silver", "gold"] } },
        { "other_store", new() { Stores = [Make.Id(1)] } },
        { "other_till", new() { Tills = [Make.Id(1)] } },
        { "other_customer", new() { Customers = [Make.Id(1)] } },
        { "other_customer_group", new() { CustomerGroups = ["staff"] } },
        { "not_first_purchase", new() { FirstPurchaseOnly = true } },
        { "applied", new() { MinimumQuantity = 2.5m, MinimumAmount = 1000 } },
        { "below_minimum_quantity", new() { MinimumQuantity = 2.50001m } },
        { "below_minimum_amount", new() { MinimumAmount = 1001 } },
        { "applied", new() { MinimumAmount = 1250, AmountBasis = AmountBasis.Gross } },
        { "below_minimum_quantity", new() { MinimumQuantity = 1, Of = new() { Tags = ["none"] } } },
        { "applied", new() { ValidFrom = Noon, ValidTo = Noon.AddSeconds(1) } },
        { "outside_dates", new() { ValidTo = Noon } },
        { "outside_dates", new() { ValidFrom = Noon.AddTicks(1) } },
        { "applied", new() { Weekdays = [Weekday.Monday] } },
        { "outside_hours", new() { Weekdays = [Weekday.Sunday, Weekday.Tuesday] } },
        { "applied", new() { Hours = [new(new(12, 0), new(12, 1))] } },
        { "outside_hours", new() { Hours = [new(new(11, 0), new(12, 0))] } },
        { "applied", new() { Hours = [new(new(22, 0), new(13, 0))], Weekdays = [Weekday.Sunday] } },
        { "outside_hours", new() { Hours = [new(new(22, 0), new(13, 0))], Weekdays = [Weekday.Monday] } },
    };

    [Theory]
    [MemberData(nameof(Each))]
    public void A_condition_holds_or_is_named(string expected, PromotionConditions conditions)
    {
        var rule = new PercentOff { Id = Make.Id(1), Percent = 10, Conditions = conditions };
        var line = Make.Line(1, 500, 2.5m) with { Discount = new() { Amount = 250 } };
        var cart = Make.Cart(line) with { TillId = Make.Id(5), CustomerId = Customer, CustomerGroups = ["gold"] };
        var priced = cart.Price(Make.Rules(rule));
        Assert.Equal(expected, priced.Applied.Length == 1 ? "applied" : Assert.Single(priced.NotApplied).Reason);
    }

    [Fact]
    public void A_promotion_the_caller_knows_is_used_up_is_left_out()
    {
        var cart = Make.Cart(Make.Line(1, 500)) with { ExhaustedPromotions = [Make.Id(1)] };
        var priced = cart.Price(Make.Rules(new PercentOff { Id = Make.Id(1), Percent = 10 }));
        Assert.Equal((0, "exhausted"), (priced.Discount, Assert.Single(priced.NotApplied).Reason));
    }

    public static TheoryData<bool, ItemSelector> Selectors => new()
    {
        { true, new() { Products = [Make.Id(1)] } },
        { true, new() { Categories = ["cat-20"] } },
        { true, new() { Brands = ["acme"] } },
        { true, new() { Tags = ["b"] } },
        { true, new() { Brands = ["other"], Tags = ["a"] } },
        { true, new() { ExcludedProducts = [Make.Id(2)] } },
        { false, new() { Products = [Make.Id(2)], Categories = ["cat-22"], Brands = ["ACME"], Tags = ["c"] } },
        { false, new() { Brands = ["acme"], ExcludedProducts = [Make.Id(1)] } },
        { false, new() { ExcludedProducts = [Make.Id(1)] } },
    };

    [Theory]
    [MemberData(nameof(Selectors))]
    public void A_selector_takes_what_is_in_any_list_and_not_excluded(bool taken, ItemSelector items)
    {
        var line = Make.Line(1, 500) with { Categories = ["cat-20", "cat-21"], Brand = "acme", Tags = ["a", "b"] };
        var priced = Make.Cart(line).Price(Make.Rules(new PercentOff { Id = Make.Id(1), Percent = 10, Items = items }));
        Assert.Equal(taken ? 50 : 0, priced.Discount);
    }

    [Fact]
    public void The_tax_of_the_instant_is_the_stores_own()
    {
        var change = new DateTime(2026, 1, 1);
        var rules = new RuleBook
        {
            DefaultTaxClass = "s",
            TaxClasses = [Make.Class("s", Make.Vat(15) with { ValidTo = change }, Make.Vat(20) with { ValidFrom = change })],
        };
        long TaxAt(DateTime local, int offset) =>
            (Make.Cart(Make.Line(1, 1000)) with { At = new(local, TimeSpan.FromHours(offset)) }).Price(rules).Tax;
        Assert.Equal([150L, 200, 150, 200], [TaxAt(change.AddTicks(-1), 0), TaxAt(change, 0), TaxAt(change.AddTicks(-1), -5),
            TaxAt(change, 9)]);
    }
}
