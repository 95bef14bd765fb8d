namespace WebWaka.Pricing.Rules;

/// <summary>A promotion made ready: selectors as sets, decimals as whole numbers, its place in the order of evaluation. Made once per
/// rule book.</summary>
internal sealed class IndexedPromotion
{
    readonly NotApplied?[] refusals = new NotApplied?[Reasons.All.Length];

    public IndexedPromotion(Promotion rule)
    {
        Rule = rule;
        Items = Selector.Of(rule.Items);
        Counted = rule.Conditions.Of is { } of ? Selector.Of(of) : null;
        Given = rule switch
        {
            BuyXGetY { GetItems: { } items } => Selector.Of(items),
            FreeGift gift => Selector.Of(gift.Gifts),
            _ => Items,
        };
        Parts = rule is Bundle bundle ? Array.ConvertAll(bundle.Parts, part => Selector.Of(part.Items)) : [];
        Benefit = BenefitOf(rule);
        Tiers = rule is Tiered tiered
            ? [.. tiered.Tiers.OrderBy(tier => tier.From).Select(tier => (Scaled(tier.From), Benefit.Of(tier)))]
            : [];
        UnitsPerLine = rule.Caps.UnitsPerLine is { } units ? Limits.Scaled(units, Limits.QuantityPlaces) : null;
        MinimumQuantity = rule.Conditions.MinimumQuantity is { } least ? Scaled(least) : null;
    }

    public Promotion Rule { get; }

    public Selector Items { get; }

    /// <summary>Which lines the minima count; absent: those of <see cref="Items"/>.</summary>
    public Selector? Counted { get; }

    /// <summary>What a buy-X-get-Y or a gift gives.</summary>
    public Selector Given { get; }

    /// <summary>What each part of a bundle may be.</summary>
    public Selector[] Parts { get; }

    public Benefit Benefit { get; }

    /// <summary>From (x 10^5) rising.</summary>
    public (Int128 From, Benefit Benefit)[] Tiers { get; }

    /// <summary>x 10^5.</summary>
    public long? UnitsPerLine { get; }

    /// <summary>x 10^5.</summary>
    public Int128? MinimumQuantity { get; }

    public bool IsExclusive => Rule.Stacking.Mode == StackingMode.Exclusive;

    public bool IsBest => Rule.Stacking.Mode == StackingMode.Best;

    /// <summary>Whether it works on each line by itself, so that a contest can be won line by line.</summary>
    public bool IsByLine => Rule.Scope == PromotionScope.Line && Rule is not (BuyXGetY or Bundle or FreeGift);

    /// <summary>Exclusive, then best, then stackable on lines and groups, then stackable on the order.</summary>
    public int Phase => Rule.Stacking.Mode switch
    {
        StackingMode.Exclusive => 0,
        StackingMode.Best => 1,
        _ => Rule.Scope == PromotionScope.Order ? 3 : 2,
    };

    /// <summary>Why it gave nothing. Without a code the record is the same every time, so it is made once.</summary>
    public NotApplied Refusal(string reason, string? coupon)
    {
        if (coupon is not null) return new(Rule.Id, coupon, reason, Rule.Version, Rule.Name);
        ref var made = ref refusals[Array.IndexOf(Reasons.All, reason)];
        return made ??= new(Rule.Id, null, reason, Rule.Version, Rule.Name);
    }

    static Int128 Scaled(decimal from) => (Int128)decimal.Truncate(from) * 100_000 + (Int128)((from - decimal.Truncate(from)) * 100_000);

    static Benefit BenefitOf(Promotion rule) => rule switch
    {
        PercentOff percent => Benefit.Percent(percent.Percent),
        AmountOff amount => Benefit.Amount(amount.Amount, amount.PerUnit),
        FixedPrice price => Benefit.Price(price.Price),
        BuyXGetY get => Benefit.Percent(get.Percent),
        FreeGift gift => Benefit.Percent(gift.Percent),
        Bundle { Percent: { } percent } => Benefit.Percent(percent),
        _ => default,
    };
}
