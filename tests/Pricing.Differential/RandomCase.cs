namespace WebWaka.Pricing.Differential;

/// <summary>Carts out of a seed: every kind of line, discount, coupon and certificate, some of them wrong on purpose.</summary>
internal sealed class RandomCase(int seed)
{
    /// <summary>Instants at which rules of RandomRules start or end, or just beside.</summary>
    static readonly DateTime[] Edges =
    [
        new(2026, 6, 15), new(2026, 6, 14, 23, 59, 59, 999), new(2026, 6, 18, 12, 30, 0), new(2026, 6, 5, 8, 15, 30, 250),
        new(2026, 6, 5, 8, 15, 30, 249), new(2026, 6, 22, 18, 0, 0), new(2026, 6, 8), new(2026, 6, 12, 9, 0, 0), new(2026, 6, 12, 12, 30, 0),
        new(2026, 6, 12, 22, 0, 0), new(2026, 6, 13, 2, 0, 0), new DateTime(2026, 6, 8).AddTicks(-1), new(2026, 6, 10), new(2026, 6, 20),
        new DateTime(2026, 6, 22, 18, 0, 0).AddTicks(-1),
    ];

    readonly RandomRules rules = new(seed);

    public Case Next(int carts)
    {
        var book = rules.Book();
        return new(book, [.. Enumerable.Range(0, carts).Select(_ => Cart(book))]);
    }

    CaseCart Cart(RuleBook book)
    {
        var lines = rules.Chance(15) ? JustEnough(book) ?? Lines() : Lines();
        var local = rules.Chance(20)
            ? rules.Pick(Edges)
            : new(2026, 6, rules.Next(1, 29), rules.Next(0, 24), rules.Next(0, 60), rules.Next(0, 60), rules.Next(0, 1000));
        var cart = new Cart
        {
            Currency = rules.Pick("NGN", "NGN", "XOF", "TND", "KES"),
            At = new(local, TimeSpan.FromMinutes(rules.Pick(60, 0, 330, -210))),
            StoreId = RandomRules.Id(rules.Next(900, 903)),
            Zones = rules.Chance(10) ? [rules.Pick("state", "state", "city", "moon")] : null,
            TillId = rules.Chance(50) ? RandomRules.Id(rules.Next(910, 912)) : null,
            CustomerId = rules.Chance(50) ? RandomRules.Id(rules.Next(920, 922)) : null,
            CustomerGroups = rules.Chance(50) ? ["gold", "staff"] : [],
            IsFirstPurchase = rules.Chance(30),
            Lines = lines,
            OrderDiscount = rules.Chance(30) ? Discount(5_000) with { On = rules.Pick(DiscountBase.Listed, DiscountBase.Net, DiscountBase.Total) } : null,
            Coupons = rules.Chance(40)
                ? [new(" save ", UsedByCustomer: rules.Next(0, 3)), new("Save2", UsedByCustomer: rules.Next(0, 2)), new("nope"),
                    new("x", rules.Chance(50) ? RandomRules.Id(1) : null), new("SAVE")]
                : [],
            Fees = [.. book.Fees.Where(fee => !fee.Automatic && rules.Chance(60))
                .Select(fee => new CartFee(fee.Code, fee.Kind == FeeKind.Open || rules.Chance(1) ? rules.Next(0, 900) : null))],
            TaxExemption = rules.Chance(8)
                ? new("DIP-7", new(2026, 6, 10), rules.Chance(50) ? new DateTime(2026, 6, 20) : null, rules.Pick<string[]?>(null, ["VAT"], ["NHIL", "LEVY"]))
                : null,
            Tenders = rules.Chance(50) ? [rules.Pick("cash", "card")] : [],
            ExhaustedPromotions = rules.Chance(10) ? [RandomRules.Id(2)] : [],
            BurnPoints = rules.Chance(30) ? rules.Chance(2) ? -1 : rules.Pick(1, 40, 1_000, 1_000_000) : 0,
            Usage = rules.Chance(50)
                ? [new(RandomRules.Id(rules.Next(1, 6)), rules.Next(0, 5), rules.Next(0, 3), rules.Next(0, 3),
                    rules.Chance(30) ? RandomRules.Spent : rules.Next(0, 900))]
                : [],
        };
        return new(cart, rules.Chance(25), rules.Chance(25), RefundsOf(lines),
            rules.Chance(30) ? rules.Next(-50, 900) : 0, rules.Chance(5) ? rules.Next(-3, 4) : 0,
            rules.Chance(30) ? rules.Next(-5, 2_000) : null);
    }

    CartLine[] Lines()
    {
        var lines = rules.Many(rules.Chance(90) ? 8 : 40, Line);
        // Their order must mean nothing.
        rules.Shuffle(lines);
        if (rules.Chance(1)) lines[0] = lines[0] with { Line = rules.Pick(0, lines[^1].Line) };
        return lines;
    }

    /// <summary>One line that costs, or is as many as, a promotion of the book wants at least: where "reached" and "passed" part.</summary>
    CartLine[]? JustEnough(RuleBook book)
    {
        var wanted = Array.FindAll(Array.ConvertAll(book.Promotions, Least), least => least is not (null, null));
        if (wanted.Length == 0) return null;
        var (quantity, amount) = wanted[rules.Next(0, wanted.Length)];
        var line = Line(0) with { Quantity = quantity ?? 1, Discount = null, NotDiscountable = false, IsReturn = false };
        return [line with { UnitPrice = amount is { } all ? Math.Round(all / line.Quantity, 4, MidpointRounding.ToZero) : Math.Abs(line.UnitPrice) }];
    }

    static (decimal? Quantity, decimal? Amount) Least(Promotion promotion) => promotion switch
    {
        { Conditions: { MinimumQuantity: var quantity, MinimumAmount: var amount } } when quantity is not null || amount is not null => (quantity, amount),
        Tiered { Basis: TierBasis.Amount, Tiers: var tiers } => (null, tiers.Max(tier => tier.From)),
        Tiered { Tiers: var tiers } => (tiers.Min(tier => tier.From), null),
        _ => (null, null),
    };

    CartLine Line(int at)
    {
        var isReturn = rules.Chance(8);
        var quantity = Quantity() * (isReturn ? -1 : 1);
        var price = Price();
        if (rules.Chance(3)) (price, quantity) = (-price, -quantity);
        if (rules.Next(0, 500) == 0) quantity = rules.Pick(0, -quantity, 0.000001m, 99_999_999m);
        return new()
        {
            Line = at * 3 + rules.Next(1, 4),
            ProductId = rules.Chance(90) ? RandomRules.Id(rules.Next(1, 8)) : null,
            Name = rules.Pick("Jollof", "Café crème", "₦ airtime"),
            Quantity = quantity,
            UnitPrice = price,
            TaxClass = rules.Next(0, 500) == 0 ? "nowhere" : rules.Pick<string?>(null, "compound", "zero", "levy", "stacked"),
            Categories = rules.Chance(40) ? ["food", rules.Pick("drinks", "snacks")] : [],
            Brand = rules.Chance(30) ? "acme" : null,
            Tags = rules.Chance(50) ? ["sale"] : [],
            Discount = rules.Chance(15) ? Discount(2_000) : null,
            PricesIncludeTax = rules.Chance(15) ? rules.Chance(50) : null,
            NotDiscountable = rules.Chance(5),
            IsReturn = isReturn,
        };
    }

    ManualDiscount Discount(int most)
    {
        if (rules.Next(0, 300) == 0) return rules.Pick(new ManualDiscount(), new() { Amount = -1 }, new() { Percent = 101 }, new() { Percent = 0.0000001m });
        return rules.Chance(50) ? new() { Amount = rules.Next(0, most), Reason = "dented" } : new() { Percent = rules.Next(0, 10_001) / 100m };
    }

    decimal Price() => rules.Next(0, 100) switch
    {
        < 20 => rules.Pick(500, 1_000, 1_000),
        < 60 => rules.Next(0, 30_000),
        < 90 => rules.Next(0, 300_000_000) / 10_000m,
        < 98 => rules.Next(0, 2_000_000_000),
        _ => rules.Next(0, 2_000_000_000) * 40m + 0.1234m,
    };

    decimal Quantity() => rules.Next(0, 100) switch
    {
        < 65 => rules.Next(1, 9),
        < 95 => rules.Next(1, 900_000) / 100_000m,
        _ => rules.Next(1, 200_000),
    };

    /// <summary>Some lines in parts, then all that is left and sometimes more.</summary>
    RefundRequest[][] RefundsOf(CartLine[] lines)
    {
        if (rules.Chance(60)) return [];
        var refunds = new List<RefundRequest[]>();
        foreach (var line in lines)
        {
            var sold = Math.Abs(line.Quantity);
            var first = Math.Max(0.00001m, Math.Round(sold * rules.Next(1, 100) / 100m, 5, MidpointRounding.ToZero));
            refunds.Add([new(line.Line, first)]);
            if (rules.Chance(70)) refunds.Add([new(line.Line, rules.Chance(95) ? sold - first : sold)]);
        }

        if (rules.Chance(10)) refunds.Add([]);
        return [.. refunds];
    }
}
