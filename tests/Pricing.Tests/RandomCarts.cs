namespace WebWaka.Pricing.Tests;

/// <summary>Carts and rules out of a seed: every kind of line, discount, promotion, tax and fee in every mixture.</summary>
internal sealed class RandomCarts(int seed)
{
    readonly Random random = new(seed);

    public (Cart Cart, RuleBook Rules) Next()
    {
        var rules = new RuleBook
        {
            PricesIncludeTax = Chance(50),
            DefaultTaxClass = "standard",
            Rounding = new(Chance(50) ? RoundingLevel.Line : RoundingLevel.Document, CompoundBase: Chance(50) ? CompoundBase.Rounded
                : CompoundBase.Exact),
            TaxClasses = [Standard(), Compound(), Make.Class("zero", new TaxComponent { Code = "VAT",
                Treatment = TaxTreatment.ZeroRated })],
            Promotions = Many(5, Promotion),
            Fees = Many(2, Fee),
        };
        var cart = Make.Cart(Many(7, Line)) with
        {
            CustomerGroups = Chance(50) ? ["gold"] : [],
            OrderDiscount = Chance(30) ? Discount(5_000) : null,
            Coupons = Chance(50) ? [new("SAVE"), new("save2")] : [],
            TaxExemption = Chance(5) ? new("DIP-7", new DateTime(2026, 1, 1), null) : null,
        };
        return (cart, rules);
    }

    TaxClass Standard() => Make.Class("standard", Make.Vat(Rate()) with { Kind = Chance(10) ? TaxKind.Division : TaxKind.Percent });

    TaxClass Compound() => Make.Class(
        "compound",
        Make.Vat(2.5m, "NHIL"),
        Make.Vat(1, "CHRL"),
        Make.Vat(Rate(), "VAT") with { OnTopOf = ["NHIL", "CHRL"] },
        Make.Vat(1.75m, "TOP") with { Included = false, OnTopOf = ["VAT"] });

    CartLine Line(int at) =>
        Make.Line(at + 1, Price(), Quantity(), product: random.Next(1, 6), taxClass: Pick<string?>(null, "compound", "zero")) with
    {
        Tags = Chance(50) ? ["sale"] : [],
        Brand = Chance(30) ? "acme" : null,
        Discount = Chance(20) ? Discount(2_000) : null,
        PricesIncludeTax = Chance(10) ? Chance(50) : null,
        NotDiscountable = Chance(5),
    };

    Promotion Promotion(int at)
    {
        var id = Make.Id(at + 1);
        Promotion made = random.Next(5) switch
        {
            0 => new PercentOff { Id = id, Percent = random.Next(0, 10_001) / 100m },
            1 => new AmountOff { Id = id, Amount = random.Next(0, 5_000), PerUnit = Chance(30) },
            2 => new FixedPrice { Id = id, Price = random.Next(0, 20_000) },
            3 => new BuyXGetY { Id = id, Buy = random.Next(1, 4), Get = random.Next(1, 3), Percent = Chance(50) ? 100 : 33.3m,
                Repeat = Chance(70), Match = Pick(BuyXGetYMatch.Cheapest, BuyXGetYMatch.SameProduct), GetItems = Chance(30) ? Items()
                    : null },
            _ => new Tiered { Id = id, Basis = Pick(TierBasis.Quantity, TierBasis.Amount), Tiers = [new() { From = 2, Percent = 5 },
                new() { From = 9, Amount = 300 }, new() { From = 20_000, Price = 100 }] },
        };
        return made with
        {
            Name = $"promotion {at}",
            Priority = random.Next(3),
            Scope = Pick(PromotionScope.Line, PromotionScope.Group, PromotionScope.Order),
            Stacking = new(Pick(StackingMode.Stackable, StackingMode.Exclusive, StackingMode.Best), Pick("", "b")),
            Items = Chance(60) ? Items() : null,
            Caps = Chance(20) ? new() { AmountPerLine = 700, AmountPerOrder = 1_000, UnitsPerLine = 1.5m } : new(),
            Coupon = Chance(20) ? new([Pick("SAVE", "SAVE2")], PerOrder: 2) : null,
            Conditions = Chance(20) ? new() { CustomerGroups = ["gold"], MinimumAmount = 500 } : new(),
        };
    }

    FeeRule Fee(int at) => random.Next(3) switch
    {
        0 => new() { Code = $"F{at}", Kind = FeeKind.FixedPerUnit, Amount = random.Next(1, 900) / 4m, InTaxBase = Chance(50) },
        1 => new() { Code = $"F{at}", Kind = FeeKind.FixedPerDocument, Amount = random.Next(1, 900), InTaxBase = Chance(50),
            TaxClass = "compound" },
        _ => new() { Code = $"F{at}", Kind = FeeKind.Percent, Rate = random.Next(1, 2_000) / 100m, InTaxBase = Chance(50),
            Items = Items() },
    };

    ItemSelector Items() => random.Next(3) switch
    {
        0 => new() { Products = [Make.Id(random.Next(1, 6)), Make.Id(random.Next(1, 6))] },
        1 => new() { Tags = ["sale"], ExcludedProducts = [Make.Id(1)] },
        _ => new() { Brands = ["acme"] },
    };

    ManualDiscount Discount(int most) =>
        Chance(50) ? new() { Amount = random.Next(most) } : new() { Percent = random.Next(0, 10_001) / 100m };

    decimal Rate() => Pick(7.5m, 15m, 20m, 9.975m, 0m, 12.345678m);

    decimal Price() => Chance(70) ? random.Next(0, 30_000) : random.Next(0, 3_000_000) / 1_000m;

    decimal Quantity() => Chance(70) ? random.Next(1, 9) : random.Next(1, 500_000) / 100_000m;

    bool Chance(int percent) => random.Next(100) < percent;

    T Pick<T>(params T[] of) => of[random.Next(of.Length)];

    T[] Many<T>(int most, Func<int, T> make) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(make)];
}
