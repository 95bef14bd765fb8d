using System.Text.Json.Serialization;

namespace WebWaka.Pricing;

/// <summary>What is to be priced. Amounts are minor units of <see cref="Currency"/>; the order of arrays has no meaning.</summary>
public sealed record Cart
{
    /// <summary>ISO 4217 alphabetic code.</summary>
    public required string Currency { get; init; }

    /// <summary>The tax point, in the store's own offset: its local date and time choose rates and promotions.</summary>
    public required DateTimeOffset At { get; init; }

    public required Guid StoreId { get; init; }
    public Guid? TillId { get; init; }
    public Guid? CustomerId { get; init; }
    public string[] CustomerGroups { get; init; } = [];
    public bool IsFirstPurchase { get; init; }
    public required CartLine[] Lines { get; init; }
    public ManualDiscount? OrderDiscount { get; init; }
    public CartCoupon[] Coupons { get; init; } = [];

    /// <summary>Fees that are chosen rather than automatic: delivery, a tip.</summary>
    public CartFee[] Fees { get; init; } = [];

    public TaxExemption? TaxExemption { get; init; }

    /// <summary>Promotions whose total, daily or customer cap or budget is used up, as the caller's claims say.</summary>
    public Guid[] ExhaustedPromotions { get; init; } = [];
}

public sealed record CartLine
{
    /// <summary>Positive and unique in the cart. Splits give their odd unit to the lowest line number first.</summary>
    public required int Line { get; init; }

    /// <summary>Absent on a custom line.</summary>
    public Guid? ProductId { get; init; }

    public string Sku { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>At most five decimals. Negative only with <see cref="IsReturn"/>.</summary>
    [JsonConverter(typeof(DecimalString))]
    public required decimal Quantity { get; init; }

    /// <summary>Minor units with at most four decimals, zero or more.</summary>
    [JsonConverter(typeof(DecimalString))]
    public required decimal UnitPrice { get; init; }

    /// <summary>Absent: the rule book's default class.</summary>
    public string? TaxClass { get; init; }

    /// <summary>The product's category and every ancestor of it, so that a rule on a parent reaches its children.</summary>
    public Guid[] Categories { get; init; } = [];

    public string? Brand { get; init; }
    public string[] Tags { get; init; } = [];
    public ManualDiscount? Discount { get; init; }

    /// <summary>Overrides the rule book for this line.</summary>
    public bool? PricesIncludeTax { get; init; }

    /// <summary>True where promotions and the order discount must leave the line alone: gift cards, deposits.</summary>
    public bool NotDiscountable { get; init; }

    /// <summary>A returned item in an exchange: the quantity is negative and no promotion touches it.</summary>
    public bool IsReturn { get; init; }
}

/// <summary>A discount given by a person: either <see cref="Amount"/> in minor units or <see cref="Percent"/>, with its reason.</summary>
public sealed record ManualDiscount
{
    public long? Amount { get; init; }

    [JsonConverter(typeof(DecimalString))]
    public decimal? Percent { get; init; }

    public string Reason { get; init; } = "";
}

/// <summary>A code as typed. <paramref name="PromotionId"/> is set by a caller who found the code among generated ones;
/// otherwise the code is looked for in the promotions' own lists.</summary>
public sealed record CartCoupon(string Code, Guid? PromotionId = null);

/// <summary>Chooses a fee that is not automatic. <paramref name="Amount"/> is for open fees, such as a tip.</summary>
public sealed record CartFee(string Code, long? Amount = null);

/// <summary>A customer's certificate: between its dates (store-local, half-open) no tax is charged, and a price that includes
/// tax falls to its net.</summary>
public sealed record TaxExemption(string CertificateId, DateTime ValidFrom, DateTime? ValidTo);
