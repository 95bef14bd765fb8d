using System.Text.Json.Serialization;

namespace WebWaka.Pricing;

[JsonConverter(typeof(CamelCaseEnum<PromotionScope>))]
public enum PromotionScope
{
    /// <summary>Each matching line by itself.</summary>
    Line,

    /// <summary>The matching lines together; the discount is spread over them.</summary>
    Group,

    /// <summary>As group, after all line and group promotions.</summary>
    Order,
}

/// <summary>How a promotion lives with others. A line carries promotions of one group only.</summary>
public sealed record Stacking(StackingMode Mode = StackingMode.Stackable, string Group = "");

[JsonConverter(typeof(CamelCaseEnum<StackingMode>))]
public enum StackingMode
{
    /// <summary>Shares a line with others of its group.</summary>
    Stackable,

    /// <summary>Goes first and keeps its lines to itself.</summary>
    Exclusive,

    /// <summary>Of the <c>best</c> promotions of a group each line gets the one that saves most; it then stacks as its group
    /// does.</summary>
    Best,
}

/// <summary>Lines that match any of the lists (all lines where every list is empty) and are not excluded.</summary>
public sealed record ItemSelector
{
    public Guid[] Products { get; init; } = [];
    public string[] Categories { get; init; } = [];
    public string[] Brands { get; init; } = [];
    public string[] Tags { get; init; } = [];
    public Guid[] ExcludedProducts { get; init; } = [];
    public string[] ExcludedCategories { get; init; } = [];
    public string[] ExcludedBrands { get; init; } = [];
    public string[] ExcludedTags { get; init; } = [];
}

/// <summary>All that are given must hold. Times are store-local, intervals half-open.</summary>
public sealed record PromotionConditions
{
    public Guid[] Stores { get; init; } = [];
    public Guid[] Tills { get; init; } = [];
    public Guid[] Customers { get; init; } = [];
    public string[] CustomerGroups { get; init; } = [];
    public bool FirstPurchaseOnly { get; init; }

    /// <summary>Every tender the cart names must be one of these, and it must name one.</summary>
    public string[] Tenders { get; init; } = [];

    [JsonConverter(typeof(DecimalString))]
    public decimal? MinimumQuantity { get; init; }

    /// <summary>Minor units, in the terms of <see cref="AmountBasis"/>.</summary>
    public long? MinimumAmount { get; init; }

    /// <summary>The minima must be passed, not only reached.</summary>
    public bool MoreThanMinimum { get; init; }

    public AmountBasis AmountBasis { get; init; }

    /// <summary>Which lines the minima count; absent: the promotion's own.</summary>
    public ItemSelector? Of { get; init; }

    public DateTime? ValidFrom { get; init; }
    public DateTime? ValidTo { get; init; }
    public Weekday[] Weekdays { get; init; } = [];

    /// <summary>Any of them. One that ends before it starts runs past midnight and belongs to the day it started on.</summary>
    public HourWindow[] Hours { get; init; } = [];
}

public sealed record HourWindow(TimeOnly From, TimeOnly To);

[JsonConverter(typeof(CamelCaseEnum<Weekday>))]
public enum Weekday
{
    Sunday,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
}

[JsonConverter(typeof(CamelCaseEnum<AmountBasis>))]
public enum AmountBasis
{
    /// <summary>What the lines cost as listed when the promotion's turn comes: with tax where prices include it.</summary>
    Discounted,

    /// <summary>What the lines cost as listed before any discount.</summary>
    Gross,

    /// <summary>As discounted, less the included taxes.</summary>
    Net,
}

/// <summary>Limits in one cart, and over carts by <see cref="Cart.Usage"/>; who sells in parallel claims them besides.</summary>
public sealed record PromotionCaps
{
    /// <summary>Minor units.</summary>
    public long? AmountPerLine { get; init; }

    /// <summary>Minor units, all applications together.</summary>
    public long? AmountPerOrder { get; init; }

    /// <summary>With scope line: how many units of a line are discounted.</summary>
    [JsonConverter(typeof(DecimalString))]
    public decimal? UnitsPerLine { get; init; }

    public long? UsesPerCustomer { get; init; }

    /// <summary>On the store's day.</summary>
    public long? UsesPerDay { get; init; }

    public long? UsesInTotal { get; init; }

    /// <summary>Minor units in all carts together; the last use gets what is left of it.</summary>
    public long? Budget { get; init; }
}

/// <summary>The promotion needs a code. Codes are compared without regard to the case of A to Z.</summary>
/// <param name="Codes">Shared codes; generated ones come resolved in <see cref="CartCoupon.PromotionId"/>.</param>
/// <param name="PerOrder">How many codes one order may use; each is one application.</param>
/// <param name="PerCustomer">How often one customer may use each code, by <see cref="CartCoupon.UsedByCustomer"/>; the customer must then be
/// known.</param>
public sealed record CouponRule(string[] Codes, int PerOrder = 1, long? PerCustomer = null);
