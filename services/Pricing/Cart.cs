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

    /// <summary>Tax zones that decide in place of the store's own: where the goods are handed over. Absent: the store's.</summary>
    public string[]? Zones { get; init; }

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

    /// <summary>Methods the customer means to pay with, for promotions that are for some only.</summary>
    public string[] Tenders { get; init; } = [];

    /// <summary>Promotions whose total, daily or customer cap or budget is used up, as the caller's claims say.</summary>
    public Guid[] ExhaustedPromotions { get; init; } = [];

    /// <summary>What promotions with caps have given before this cart; one that is not named has given nothing.</summary>
    public PromotionUsage[] Usage { get; init; } = [];

    /// <summary>Loyalty points the customer wants to spend, at most; fewer are spent where fewer pay all that may be paid.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long BurnPoints { get; init; }
}

/// <summary>What a promotion has given so far: uses in total, on the store's day, to this customer, and minor units taken off.</summary>
public sealed record PromotionUsage(Guid PromotionId, long Total = 0, long Today = 0, long ByCustomer = 0, long Spent = 0);

public sealed record CartLine
{
    /// <summary>Positive and unique in the cart. Splits give their odd unit to the lowest line number first.</summary>
    public required int Line { get; init; }

    /// <summary>Absent on a custom line.</summary>
    public Guid? ProductId { get; init; }

    public string Sku { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>At most five decimals. Below zero only with <see cref="IsReturn"/>, or with a unit price below zero.</summary>
    [JsonConverter(typeof(DecimalString))]
    public required decimal Quantity { get; init; }

    /// <summary>Minor units with at most four decimals. One below zero turns the line's direction: -10 x -2 is a sale of 20.</summary>
    [JsonConverter(typeof(DecimalString))]
    public required decimal UnitPrice { get; init; }

    /// <summary>Absent: the rule book's default class.</summary>
    public string? TaxClass { get; init; }

    /// <summary>The product's category and every ancestor of it, so that a rule on a parent reaches its children.</summary>
    public string[] Categories { get; init; } = [];

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

    /// <summary>What an order discount comes off; a line's is always off what is listed.</summary>
    public DiscountBase On { get; init; }
}

[JsonConverter(typeof(CamelCaseEnum<DiscountBase>))]
public enum DiscountBase
{
    /// <summary>Off the listed amounts, and taxes are worked out on what is left.</summary>
    Listed,

    /// <summary>Off the amounts without tax, also where prices include it; taxes are worked out on the net that is left.</summary>
    Net,

    /// <summary>Off the total with taxes: net and taxes shrink in proportion.</summary>
    Total,
}

/// <summary>A code as typed. <paramref name="PromotionId"/> is set by a caller who found the code among generated ones;
/// otherwise the code is looked for in the promotions' own lists. <paramref name="UsedByCustomer"/>: how often this customer has used it.</summary>
public sealed record CartCoupon(string Code, Guid? PromotionId = null, long UsedByCustomer = 0);

/// <summary>Chooses a fee that is not automatic. <paramref name="Amount"/> is for open fees, such as a tip.</summary>
public sealed record CartFee(string Code, long? Amount = null);

/// <summary>A customer's certificate: between its dates (store-local, half-open) no tax is charged, and a price that includes
/// tax falls to its net.</summary>
/// <param name="CertificateId">The evidence; the priced cart carries it.</param>
/// <param name="ValidFrom">First instant.</param>
/// <param name="ValidTo">The instant it has ended; absent: never.</param>
/// <param name="Taxes">Codes of the taxes it is for; absent or empty: all. Other taxes are then worked out on the net.</param>
public sealed record TaxExemption(string CertificateId, DateTime ValidFrom, DateTime? ValidTo = null, string[]? Taxes = null);
