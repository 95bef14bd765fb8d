namespace WebWaka.Pricing.Differential;

/// <summary>Rule books out of a seed: every kind of promotion, condition, cap, stacking, tax, zone, fee and rounding.</summary>
internal sealed class RandomRules(int seed)
{
    /// <summary>A budget, and what has been spent of it: to the last unit.</summary>
    public const int Spent = 500;

    readonly Random random = new(seed);

    public static Guid Id(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xAB);

    public int Next(int from, int below) => random.Next(from, below);

    public bool Chance(int percent) => random.Next(100) < percent;

    public T Pick<T>(params ReadOnlySpan<T> of) => of[random.Next(of.Length)];

    public T[] Many<T>(int most, Func<int, T> make) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(make)];

    public void Shuffle<T>(T[] items) => random.Shuffle(items);

    public RuleBook Book()
    {
        while (true)
        {
            var book = Any();
            // Rules are checked before they are stored; the twin prices by checked rules only.
            if (book.Check() is null) return book;
        }
    }

    RuleBook Any() => new()
    {
        PricesIncludeTax = Chance(50),
        DefaultTaxClass = "standard",
        Rounding = new(
            Chance(65) ? RoundingLevel.Line : RoundingLevel.Document,
            Chance(60) ? RoundingMode.HalfAwayFromZero
                : Pick(RoundingMode.HalfEven, RoundingMode.HalfTowardZero, RoundingMode.TowardZero, RoundingMode.AwayFromZero),
            Pick(CompoundBase.Rounded, CompoundBase.Exact), Chance(80) ? 1 : Pick(5, 10, 25),
            Chance(80) ? ComponentRounding.Each : ComponentRounding.Together),
        TaxClasses = [Standard(), Compound(), Levy(), Stacked(), new("zero", "Zero", [new() { Code = "VAT", Treatment = TaxTreatment.ZeroRated }])],
        Zones = [new("state", [Id(900), Id(901)]), new("city", [Id(901)])],
        ZonesRequired = Chance(8),
        Exemptions = Chance(15) ? Many(5, Certificate) : null,
        Promotions = Many(7, Promotion),
        Fees = Chance(60) ? Many(4, Fee) : [],
        CashRounding = Chance(50)
            ? [new("NGN", Pick(5, 100, 1), Pick(RoundingMode.HalfAwayFromZero, RoundingMode.TowardZero, RoundingMode.HalfTowardZero),
                Pick(RoundedTenders.Cash, RoundedTenders.All))]
            : [],
        Loyalty = Chance(50) ? Loyalty() : null,
        Versions = new("p7", Chance(50) ? "NG-3" : "", "f1", "c1"),
    };

    CustomerExemption Certificate(int at) => new(
        Id(Next(920, 922)),
        new($"C-{Next(0, 3)}", new(2026, 6, Pick(1, 1, 10)), Chance(50) ? new DateTime(2026, 6, 15 + at) : null, Pick<string[]?>(null, [], ["VAT"], ["LEVY"])));

    TaxClass Standard() => new("standard", "Standard",
    [
        new() { Code = "VAT", Rate = Rate(), Kind = Chance(15) ? TaxKind.Division : TaxKind.Percent, ValidTo = new(2026, 6, 15), Included = Own() },
        new() { Code = "VAT", Rate = Rate(), ValidFrom = new(2026, 6, 15), Version = Chance(30) ? "act 9" : null, Included = Own() },
        .. Chance(10) ? [new TaxComponent { Code = "WH", Rate = -20, Included = false }] : Array.Empty<TaxComponent>(),
    ]);

    TaxClass Compound() => new("compound", "Compound",
    [
        new() { Code = "NHIL", Rate = 2.5m },
        new() { Code = "CHRL", Rate = Pick(1m, 0.333333m), ValidTo = Chance(50) ? new DateTime(2026, 6, 18, 12, 30, 0) : null },
        new() { Code = "VAT", Rate = Rate(), OnTopOf = ["NHIL", "CHRL"] },
        new() { Code = "TOP", Rate = 1.75m, Included = false, OnTopOf = ["VAT"] },
    ]);

    TaxClass Levy() => new("levy", "Levy",
    [
        new() { Code = "LEVY", Kind = TaxKind.FixedPerUnit, AmountPerUnit = Pick(100, 12.5m, 0.0001m), Included = Own() },
        new() { Code = "VAT", Rate = Rate(), OnTopOf = ["LEVY"], Included = Chance(30) ? false : null },
        new() { Code = "PFAND", Kind = TaxKind.FixedPerUnit, AmountPerUnit = 25, Included = false, Treatment = TaxTreatment.Taxed },
    ]);

    TaxClass Stacked() => new("stacked", "Stacked",
    [
        new() { Code = "STATE", Rate = 4, Zones = ["state"] },
        new() { Code = "CITY", Rate = 4.5m, Zones = ["city"] },
        new() { Code = "MCTD", Rate = 0.375m, Zones = ["city", "state"], ValidFrom = new(2026, 6, 5, 8, 15, 30, 250) },
    ]);

    LoyaltyProgramme Loyalty() => new()
    {
        Id = Id(77),
        Version = Next(1, 9),
        Name = "Stars",
        Earn = Chance(80)
            ? new() { Points = Next(1, 20), Amount = Pick(1, 100, 999, 10_000), Basis = Pick(LoyaltyBasis.Total, LoyaltyBasis.Net),
                Items = Chance(40) ? Items() : null, FullPriceOnly = Chance(30) }
            : null,
        Burn = Chance(80)
            ? new() { PointValue = Pick(1, 0.5m, 33.3333m, 250), MinimumPoints = Pick(1, 10, 500), MaxPercent = Chance(50) ? 100 : Math.Max(1, Percent()),
                Items = Chance(40) ? Items() : null }
            : null,
        ExpiresAfterDays = Chance(20) ? 365 : null,
    };

    bool? Own() => Chance(20) ? Chance(50) : null;

    Promotion Promotion(int at)
    {
        var id = Id(at + 1);
        Promotion made = random.Next(8) switch
        {
            0 => new PercentOff { Id = id, Percent = Percent() },
            1 => new AmountOff { Id = id, Amount = Next(0, 5_000), PerUnit = Chance(30) },
            2 => new FixedPrice { Id = id, Price = Next(0, 20_000) },
            3 => new BuyXGetY { Id = id, Buy = Next(1, 4), Get = Next(1, 3), Percent = Chance(50) ? 100 : Percent(), Repeat = Chance(70),
                Match = Pick(BuyXGetYMatch.Cheapest, BuyXGetYMatch.SameProduct), GetItems = Chance(30) ? Items() : null },
            4 => new Tiered { Id = id, Basis = Pick(TierBasis.Quantity, TierBasis.Amount), Tiers =
                [new() { From = 9, Amount = 300 }, new() { From = 2.5m, Percent = Percent() }, new() { From = 20_000, Price = 100 }] },
            5 => Bundle(id),
            6 => new FreeGift { Id = id, Gifts = Items(), Quantity = Next(1, 4), Percent = Chance(60) ? 100 : Percent() },
            _ => new FixedPrice { Id = id, Price = Next(0, 900_000) / 100m },
        };
        var scope = made is FixedPrice { Price: var price } && price != decimal.Truncate(price)
            ? PromotionScope.Line
            : Pick(PromotionScope.Line, PromotionScope.Group, PromotionScope.Order);
        return made with
        {
            Name = $"promotion {at}",
            Version = Next(1, 9),
            Priority = Next(0, 3),
            Scope = scope,
            Spread = Chance(70) ? Spread.Proportional : Pick(Spread.CheapestFirst, Spread.DearestFirst, Spread.LineOrder),
            Stacking = new(Pick(StackingMode.Stackable, StackingMode.Stackable, StackingMode.Exclusive, StackingMode.Best), Pick("", "b")),
            Items = Chance(60) ? Items() : null,
            Caps = Chance(25) ? Caps() : new(),
            Coupon = Chance(20) ? new([Pick("SAVE", "save2")], PerOrder: Next(1, 3), PerCustomer: Chance(30) ? Next(1, 3) : null) : null,
            UsesReturn = Pick(UsesReturn.Always, UsesReturn.OnVoid, UsesReturn.Never),
            Conditions = Chance(40) ? Conditions() : new(),
        };
    }

    Bundle Bundle(Guid id)
    {
        var parts = Many(3, _ => new BundlePart(Next(1, 4), Chance(60) ? Items() : null));
        return Pick(
            new Bundle { Id = id, Parts = parts, Price = Next(0, 9_000) }, new Bundle { Id = id, Parts = parts, Amount = Next(0, 3_000) },
            new Bundle { Id = id, Parts = parts, AmountEach = Next(0, 900) }, new Bundle { Id = id, Parts = parts, Percent = Percent() })
            with { Take = Pick(UnitOrder.Dearest, UnitOrder.Cheapest, UnitOrder.LineOrder), Repeat = Chance(70) };
    }

    PromotionCaps Caps() => new()
    {
        AmountPerLine = Chance(40) ? 700 : null,
        AmountPerOrder = Chance(40) ? 1_000 : null,
        UnitsPerLine = Chance(40) ? 1.5m : null,
        UsesPerCustomer = Chance(20) ? 2 : null,
        UsesPerDay = Chance(20) ? 2 : null,
        UsesInTotal = Chance(20) ? 3 : null,
        Budget = Chance(40) ? Chance(30) ? Spent : Next(0, 1_500) : null,
    };

    PromotionConditions Conditions() => new()
    {
        Stores = Chance(10) ? [Id(900), Id(901)] : [],
        Tills = Chance(10) ? [Id(910)] : [],
        Customers = Chance(10) ? [Id(920)] : [],
        CustomerGroups = Chance(20) ? ["gold"] : [],
        FirstPurchaseOnly = Chance(10),
        Tenders = Chance(10) ? ["cash"] : [],
        MinimumQuantity = Chance(20) ? Chance(50) ? Next(1, 6) : Next(1, 500_000) / 100_000m : null,
        MinimumAmount = Chance(30) ? Chance(50) ? 500 * Next(1, 9) : Next(0, 30_000) : null,
        MoreThanMinimum = Chance(30),
        AmountBasis = Pick(AmountBasis.Discounted, AmountBasis.Gross, AmountBasis.Net),
        Of = Chance(30) ? Items() : null,
        ValidFrom = Chance(20) ? new DateTime(2026, 6, 8) : null,
        ValidTo = Chance(20) ? new DateTime(2026, 6, 22, 18, 0, 0) : null,
        Weekdays = Chance(20) ? [Weekday.Monday, Weekday.Friday, Weekday.Sunday] : [],
        Hours = Chance(20) ? [new(new(9, 0), new(12, 30)), new(new(22, 0), new(2, 0))] : [],
    };

    FeeRule Fee(int at)
    {
        var fee = random.Next(5) switch
        {
            0 => new FeeRule { Code = $"F{at}", Kind = FeeKind.FixedPerUnit, Amount = Next(1, 900) / 4m },
            1 => new() { Code = $"F{at}", Kind = FeeKind.FixedPerDocument, Amount = Next(-300, 900), TaxClass = "compound" },
            2 => new() { Code = $"F{at}", Kind = FeeKind.Percent, Rate = Next(1, 2_000) / 100m, OnTopOf = at > 0 && Chance(40) ? ["F0"] : [] },
            3 => new() { Code = $"F{at}", Kind = FeeKind.Open, Automatic = false },
            _ => new() { Code = $"F{at}", Kind = FeeKind.Percent, Rate = 10, InTaxBase = true, TaxedAsItems = true },
        };
        return fee with
        {
            InTaxBase = fee.TaxedAsItems || Chance(50),
            Automatic = fee.Kind != FeeKind.Open && Chance(80),
            Items = Chance(40) ? Items() : null,
            Zones = Chance(10) ? ["city"] : [],
            Stores = Chance(10) ? [Id(900)] : [],
            ExemptCustomerGroups = Chance(10) ? ["staff"] : [],
            ValidFrom = Chance(10) ? new DateTime(2026, 6, 8) : null,
            ValidTo = Chance(10) ? new DateTime(2026, 6, 22, 18, 0, 0) : null,
            Version = Chance(30) ? "bylaw 4" : null,
        };
    }

    ItemSelector Items() => random.Next(5) switch
    {
        0 => new() { Products = [Id(Next(1, 8)), Id(Next(1, 8))] },
        1 => new() { Tags = ["sale"], ExcludedProducts = [Id(1)] },
        2 => new() { Categories = ["food"], Tags = ["sale"], ExcludedCategories = Chance(40) ? ["snacks"] : [] },
        3 => new() { ExcludedBrands = ["acme"], ExcludedTags = Chance(30) ? ["sale"] : [] },
        _ => new() { Brands = ["acme"] },
    };

    decimal Percent() => Chance(70) ? Next(0, 10_001) / 100m : Next(0, 100_000_001) / 1_000_000m;

    decimal Rate() => Pick(7.5m, 15m, 20m, 9.975m, 0m, 12.345678m, 18m, 8.1m);
}
