using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>A cart on its way through the steps. Lives for one call.</summary>
internal sealed class Work(Cart cart, RuleIndex index)
{
    public Cart Cart { get; } = cart;

    public RuleIndex Index { get; } = index;

    public RoundingPolicy Rounding { get; } = index.Rules.Rounding;

    /// <summary>The tax point as the store's clock shows it.</summary>
    public DateTime Local { get; } = cart.At.DateTime;

    /// <summary>In order of line number.</summary>
    public WorkLine[] Lines { get; set; } = [];

    public List<AppliedPromotion> Applied { get; } = [];

    public List<NotApplied> NotApplied { get; } = [];

    public List<WorkFee> Fees { get; } = [];

    public bool TaxExempt { get; set; }

    /// <summary>An exact quotient rounded by the policy's mode to its step.</summary>
    public long Round(Int128 numerator, Int128 denominator) => Rounding.Step == 1
        ? Pricing.Rounding.Quotient(numerator, denominator, Rounding.Mode)
        : Pricing.Rounding.Quotient(numerator, denominator * Rounding.Step, Rounding.Mode) * Rounding.Step;
}

/// <summary>What taxes are computed on: a listed amount, a quantity and a plan; a line or a fee.</summary>
internal abstract class Taxable
{
    public TaxPlan Plan { get; set; } = TaxPlan.None;

    /// <summary>Minor units, with the included taxes in it. Discounts come off here.</summary>
    public long Left { get; set; }

    /// <summary>x 10^5.</summary>
    public long Quantity { get; set; }

    public long Net { get; set; }

    public LineTax[] Taxes { get; set; } = [];

    public long Total { get; set; }
}

internal sealed class WorkLine(CartLine source) : Taxable
{
    List<LineDiscount>? discounts;

    public CartLine Source { get; } = source;

    /// <summary>Minor units x 10^4.</summary>
    public long Price { get; set; }

    public long Gross { get; set; }

    public bool PricesIncludeTax { get; set; }

    /// <summary>Whether promotions and the order discount may touch it.</summary>
    public bool Discountable => !Source.NotDiscountable && !Source.IsReturn;

    /// <summary>The stacking group of the promotions on it; null while there are none.</summary>
    public string? Group { get; set; }

    /// <summary>An exclusive promotion keeps it.</summary>
    public bool Closed { get; set; }

    /// <summary>Whole units that a buy-X-get-Y has counted.</summary>
    public long UnitsUsed { get; private set; }

    /// <summary>What is left of the price of those units; the rest of <see cref="Taxable.Left"/> is the price of the others.</summary>
    public long LeftOfUsed { get; private set; }

    /// <summary>Quantity x 10^5 that no buy-X-get-Y has counted.</summary>
    public long FreeQuantity => Quantity - UnitsUsed * 100_000;

    public LineDiscount[] Discounts => discounts is null ? [] : [.. discounts];

    public void Take(long amount, LineDiscount discount)
    {
        if (amount == 0) return;
        if (LeftOfUsed > 0) LeftOfUsed -= Pricing.Rounding.HalfAwayFromZero((Int128)LeftOfUsed * amount, Left);
        Record(amount, discount);
    }

    /// <summary>As <see cref="Take"/>, for units that from now on count as used.</summary>
    public void TakeFromUnits(long units, long amount, LineDiscount discount)
    {
        var value = units == 0 ? 0 : Pricing.Rounding.HalfAwayFromZero((Int128)(Left - LeftOfUsed) * units * 100_000, FreeQuantity);
        UnitsUsed += units;
        LeftOfUsed += Math.Max(0, value - amount);
        if (amount != 0) Record(amount, discount);
    }

    void Record(long amount, LineDiscount discount)
    {
        Left -= amount;
        (discounts ??= new List<LineDiscount>(2)).Add(discount);
    }
}

internal sealed class WorkFee(FeeRule rule) : Taxable
{
    public FeeRule Rule { get; } = rule;
}
