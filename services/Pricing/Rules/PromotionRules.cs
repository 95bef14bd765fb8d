using System.Text.Json.Serialization;

namespace WebWaka.Pricing;

/// <summary>A promotion: what it gives is the derived record, whom and what it is for is here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PercentOff), "percentOff")]
[JsonDerivedType(typeof(AmountOff), "amountOff")]
[JsonDerivedType(typeof(FixedPrice), "fixedPrice")]
[JsonDerivedType(typeof(BuyXGetY), "buyXGetY")]
[JsonDerivedType(typeof(Tiered), "tiered")]
[JsonDerivedType(typeof(Bundle), "bundle")]
[JsonDerivedType(typeof(FreeGift), "freeGift")]
public abstract record Promotion
{
    public required Guid Id { get; init; }
    public long Version { get; init; } = 1;
    public string Name { get; init; } = "";

    /// <summary>Higher goes first; equal ones by id.</summary>
    public int Priority { get; init; }

    public Stacking Stacking { get; init; } = new();
    public PromotionScope Scope { get; init; }

    /// <summary>With scope group or order: how the amount goes over the lines.</summary>
    public Spread Spread { get; init; }

    /// <summary>The lines it discounts; absent: all discountable lines.</summary>
    public ItemSelector? Items { get; init; }

    public PromotionConditions Conditions { get; init; } = new();
    public PromotionCaps Caps { get; init; } = new();

    /// <summary>Absent: no code is needed.</summary>
    public CouponRule? Coupon { get; init; }

    /// <summary>Whether its uses and its share of a budget are free again when the sale is taken back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public UsesReturn UsesReturn { get; init; }
}

[JsonConverter(typeof(CamelCaseEnum<UsesReturn>))]
public enum UsesReturn
{
    /// <summary>By a void and by a refund of the whole sale.</summary>
    Always,

    /// <summary>By a void only.</summary>
    OnVoid,

    Never,
}

[JsonConverter(typeof(CamelCaseEnum<Spread>))]
public enum Spread
{
    /// <summary>By what each line costs.</summary>
    Proportional,

    /// <summary>The cheapest line is used up first.</summary>
    CheapestFirst,

    /// <summary>The dearest line is used up first.</summary>
    DearestFirst,

    /// <summary>The lowest line is used up first.</summary>
    LineOrder,
}

/// <summary>A percentage off.</summary>
public sealed record PercentOff : Promotion
{
    [JsonConverter(typeof(DecimalString))]
    public required decimal Percent { get; init; }
}

/// <summary>Minor units off: each matching line (or each unit of it), the matching lines together, or the order.</summary>
public sealed record AmountOff : Promotion
{
    public required long Amount { get; init; }

    /// <summary>With scope line: once for each unit rather than once for the line.</summary>
    public bool PerUnit { get; init; }
}

/// <summary>With scope line the unit price becomes <see cref="Price"/>; with group or order the lines together cost it. Never
/// dearer.</summary>
public sealed record FixedPrice : Promotion
{
    /// <summary>Minor units, at most four decimals with scope line, none otherwise.</summary>
    [JsonConverter(typeof(DecimalString))]
    public required decimal Price { get; init; }
}

/// <summary>Buy <see cref="Buy"/> whole units of <see cref="Promotion.Items"/>, get <see cref="Get"/> at a percentage off.
/// A unit serves one such promotion only.</summary>
public sealed record BuyXGetY : Promotion
{
    public required int Buy { get; init; }
    public required int Get { get; init; }

    /// <summary>What is given; absent: the same items as are bought.</summary>
    public ItemSelector? GetItems { get; init; }

    /// <summary>100 is free.</summary>
    [JsonConverter(typeof(DecimalString))]
    public decimal Percent { get; init; } = 100;

    public BuyXGetYMatch Match { get; init; }

    /// <summary>False: at most once for each application.</summary>
    public bool Repeat { get; init; } = true;
}

[JsonConverter(typeof(CamelCaseEnum<BuyXGetYMatch>))]
public enum BuyXGetYMatch
{
    /// <summary>The cheapest matching units are given.</summary>
    Cheapest,

    /// <summary>Counted for each product by itself.</summary>
    SameProduct,
}

/// <summary>The highest step reached gives its benefit; steps count the matching lines together.</summary>
public sealed record Tiered : Promotion
{
    public TierBasis Basis { get; init; }
    public required Tier[] Tiers { get; init; }
}

[JsonConverter(typeof(CamelCaseEnum<TierBasis>))]
public enum TierBasis
{
    Quantity,

    /// <summary>What the matching lines cost when the promotion's turn comes.</summary>
    Amount,
}

/// <summary>One step: from (inclusive) this quantity or amount, exactly one of the three benefits.</summary>
public sealed record Tier
{
    [JsonConverter(typeof(DecimalString))]
    public required decimal From { get; init; }

    [JsonConverter(typeof(DecimalString))]
    public decimal? Percent { get; init; }

    public long? Amount { get; init; }

    /// <summary>As <see cref="FixedPrice.Price"/>.</summary>
    [JsonConverter(typeof(DecimalString))]
    public decimal? Price { get; init; }
}

/// <summary>Complete sets of whole units: each has every part. Exactly one of the four benefits. A unit serves one such promotion
/// only; <see cref="Promotion.Items"/> are the lines the parts may be on.</summary>
public sealed record Bundle : Promotion
{
    public required BundlePart[] Parts { get; init; }

    /// <summary>Minor units a set costs; together never dearer.</summary>
    public long? Price { get; init; }

    /// <summary>Minor units off a set.</summary>
    public long? Amount { get; init; }

    /// <summary>Minor units off each unit of a set.</summary>
    public long? AmountEach { get; init; }

    [JsonConverter(typeof(DecimalString))]
    public decimal? Percent { get; init; }

    /// <summary>Which units make up the sets.</summary>
    public UnitOrder Take { get; init; }

    /// <summary>False: at most one set for each application.</summary>
    public bool Repeat { get; init; } = true;
}

/// <summary>So many units of these items; absent items: any that the bundle is for.</summary>
public sealed record BundlePart(int Quantity, ItemSelector? Items = null);

[JsonConverter(typeof(CamelCaseEnum<UnitOrder>))]
public enum UnitOrder
{
    Dearest,
    Cheapest,
    LineOrder,
}

/// <summary>Units of <see cref="Gifts"/> that are in the cart cost nothing (or less), the cheapest first, where
/// <see cref="Promotion.Items"/> are bought as the conditions say.</summary>
public sealed record FreeGift : Promotion
{
    public required ItemSelector Gifts { get; init; }

    public int Quantity { get; init; } = 1;

    /// <summary>100 is free.</summary>
    [JsonConverter(typeof(DecimalString))]
    public decimal Percent { get; init; } = 100;
}
