using WebWaka.Pricing;

namespace WebWaka.Pricing.Bench;

/// <summary>A supermarket's rules and carts. Of the promotions as many can apply as the cart's items allow: those beyond are for items
/// that are not in it.</summary>
internal static class Shop
{
    public static Cart Cart(int lines) => new()
    {
        Currency = "NGN",
        At = new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.FromHours(1)),
        StoreId = Id(1),
        CustomerGroups = ["gold"],
        Lines = [.. Enumerable.Range(1, lines).Select(i => new CartLine
        {
            Line = i,
            ProductId = Id(100 + i),
            Quantity = i % 7 == 0 ? 1.253m : 1 + i % 3,
            UnitPrice = 350_00 + i * 1_37,
            Categories = ["food", $"category {i % 10}"],
            Brand = $"brand {i % 5}",
            Tags = i % 4 == 0 ? ["new"] : [],
        })],
    };

    public static RuleBook Rules(int promotions) => new()
    {
        PricesIncludeTax = true,
        DefaultTaxClass = "standard",
        TaxClasses = [new("standard", "Standard",
        [
            new() { Code = "NHIL", Rate = 2.5m }, new() { Code = "GETFL", Rate = 2.5m },
            new() { Code = "VAT", Rate = 15, OnTopOf = ["NHIL", "GETFL"] },
        ])],
        Promotions = [.. Enumerable.Range(0, promotions).Select(Promotion)],
    };

    /// <summary>In turn: a price for a product, a percentage on a category, on a brand, buy 2 get 1 of a product, tiers on a category, an
    /// order discount above a minimum (one in forty).</summary>
    static Promotion Promotion(int at)
    {
        var id = Id(10_000 + at);
        var (name, best) = ($"promotion {at}", new Stacking(StackingMode.Best));
        if (at % 40 == 39)
            return new AmountOff
            {
                Id = id, Name = name, Amount = 100_00 + at, Scope = PromotionScope.Order, Conditions = new() { MinimumAmount = 5_000_00L * at },
            };
        return (at % 5) switch
        {
            0 => new FixedPrice { Id = id, Name = name, Price = 340_00 + at, Stacking = best, Items = new() { Products = [Id(101 + at / 5)] } },
            1 => new PercentOff { Id = id, Name = name, Percent = 5 + at % 10, Stacking = best, Items = new() { Categories = [$"category {at / 5}"] } },
            2 => new PercentOff { Id = id, Name = name, Percent = 7.5m, Stacking = best, Items = new() { Brands = [$"brand {at / 5}"] } },
            3 => new BuyXGetY { Id = id, Name = name, Buy = 2, Get = 1, Items = new() { Products = [Id(101 + at / 5)] } },
            _ => new Tiered
            {
                Id = id, Name = name, Items = new() { Categories = [$"category {at / 5}"] }, Conditions = new() { CustomerGroups = ["gold"] },
                Tiers = [new() { From = 3, Percent = 2 }, new() { From = 6, Percent = 4 }],
            },
        };
    }

    static Guid Id(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
