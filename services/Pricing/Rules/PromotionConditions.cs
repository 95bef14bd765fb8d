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
}

/// <summary>All that are given must hold. Times are store-local, intervals half-open.</summary>
public sealed record PromotionConditions
{
    public Guid[] Stores { get; init; } = [];
    public Guid[] Tills { get; init; } = [];
    public Guid[] Customers { get; init; } = [];
    public string[] CustomerGroups { get; init; } = [];
    public bool FirstPurchaseOnly { get; init; }

    [JsonConverter(typeof(DecimalString))]
    public decimal? MinimumQuantity { get; init; }

    /// <summary>Minor units as listed: with tax where prices include it.</summary>
    public long? MinimumAmount { get; init; }

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
    /// <summary>What the lines cost when the promotion's turn comes.</summary>
    Discounted,

    /// <summary>What the lines cost before any discount.</summary>
    Gross,
}

/// <summary>Limits inside one cart; caps per customer, day and in total are claimed by the caller.</summary>
public sealed record PromotionCaps
{
    /// <summary>Minor units.</summary>
    public long? AmountPerLine { get; init; }

    /// <summary>Minor units, all applications together.</summary>
    public long? AmountPerOrder { get; init; }

    /// <summary>With scope line: how many units of a line are discounted.</summary>
    [JsonConverter(typeof(DecimalString))]
    public decimal? UnitsPerLine { get; init; }
}

/// <summary>The promotion needs a code. <paramref name="Codes"/> are shared codes, compared without regard to case.</summary>
/// <param name="Codes">Shared codes; generated ones come resolved in <see cref="CartCoupon.PromotionId"/>.</param>
/// <param name="PerOrder">How many codes one order may use; each is one application.</param>
public sealed record CouponRule(string[] Codes, int PerOrder = 1);
