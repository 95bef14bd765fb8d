using System.Numerics;
using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>A cart on its way through the steps. One for each thread is kept and used again, so that a cart costs little more memory
/// than its answer.</summary>
internal sealed class Work
{
    const int KeptLines = 512;

    [ThreadStatic]
    static Work? kept;

    WorkLine[] lines = [];

    public Cart Cart { get; private set; } = null!;

    public RuleIndex Index { get; private set; } = null!;

    public RoundingPolicy Rounding { get; private set; } = null!;

    /// <summary>Whether the answer is to name the rules that were not in question too.</summary>
    public bool EveryRule { get; private set; }

    /// <summary>Whether the answer is to name the fees and taxes that were not charged.</summary>
    public bool NamesSkipped { get; private set; }

    /// <summary>The tax point as the store's clock shows it.</summary>
    public DateTime Local { get; private set; }

    /// <summary>In order, each once.</summary>
    public string[] Zones { get; set; } = [];

    public TaxTable Taxes { get; set; } = null!;

    /// <summary>In order of line number.</summary>
    public ReadOnlySpan<WorkLine> Lines => lines.AsSpan(0, Count);

    public int Count { get; private set; }

    public List<AppliedPromotion> Applied { get; } = [];

    public List<NotApplied> NotApplied { get; } = [];

    public List<SkippedRule> Skipped { get; } = [];

    public List<WorkFee> Fees { get; } = [];

    public List<Taxable> FeeParts { get; } = [];

    public TaxSums TaxSums { get; } = new();

    public bool TaxExempt { get; set; }

    /// <summary>Loyalty points spent, what they took off, and why none were.</summary>
    public long Burned { get; set; }

    public long BurnedValue { get; set; }

    public string? NotBurned { get; set; }

    public Candidates Candidates { get; } = new();

    public Proposals Proposals { get; } = new();

    /// <summary>Room for a weight, a part and a place of each line.</summary>
    public long[] Weights { get; private set; } = [];

    public long[] Parts { get; private set; } = [];

    public int[] Places { get; private set; } = [];

    public static Work Start(Cart cart, RuleIndex index, bool everyRule, bool skipped)
    {
        var work = kept ?? new Work();
        kept = null;
        (work.Cart, work.Index, work.Rounding, work.EveryRule) = (cart, index, index.Rules.Rounding, everyRule);
        work.NamesSkipped = everyRule || skipped;
        work.Local = cart.At.DateTime;
        return work;
    }

    /// <summary>Lets go of the cart and keeps the rest for the next one. Not called where pricing threw: such a one is dropped.</summary>
    public void End()
    {
        for (var i = 0; i < Count; i++) lines[i].Clear();
        Candidates.Clear();
        Applied.Clear();
        NotApplied.Clear();
        Skipped.Clear();
        Fees.Clear();
        FeeParts.Clear();
        TaxSums.Clear();
        (Cart, Index, Rounding, Taxes, Count) = (null!, null!, null!, null!, 0);
        (Burned, BurnedValue, NotBurned) = (0, 0, null);
        if (lines.Length <= KeptLines) kept = this;
    }

    /// <summary>Where taxes differ by place, a class without any in this place is unknown here rather than untaxed.</summary>
    public bool HasNoTaxHere(TaxPlan plan) => plan.Parts.Length == 0 && Index.Rules.ZonesRequired;

    /// <summary>Makes room for the cart's lines, as they come.</summary>
    public Span<WorkLine> Take(int count)
    {
        if (lines.Length < count)
        {
            var had = lines.Length;
            Array.Resize(ref lines, Math.Max(count, Math.Min(2 * had, KeptLines)));
            for (var i = had; i < lines.Length; i++) lines[i] = new WorkLine();
            (Weights, Parts, Places) = (new long[lines.Length], new long[lines.Length], new int[lines.Length]);
        }

        Count = count;
        return lines.AsSpan(0, count);
    }

    /// <summary>An exact quotient rounded by the policy's mode to its step.</summary>
    /// <exception cref="OverflowException">It is beyond what JavaScript holds exactly.</exception>
    public long Round(Int128 numerator, Int128 denominator)
    {
        var rounded = Rounding.Step == 1
            ? Pricing.Rounding.Quotient(numerator, denominator, Rounding.Mode)
            : Pricing.Rounding.Quotient(numerator, denominator * Rounding.Step, Rounding.Mode) * Rounding.Step;
        return rounded is >= -Limits.MaxAmount and <= Limits.MaxAmount ? rounded : throw new OverflowException();
    }

    /// <summary>One tax of what the subject is listed at, or of its net where that is given, rounded.</summary>
    public long Rounded(Taxable subject, TaxPart part) => subject.NetIsGiven
        ? RoundedOfNet(subject, part, subject.Net)
        : RoundedOfListed(subject, part);

    public long RoundedOfNet(Taxable subject, TaxPart part, long net)
    {
        try
        {
            var (numerator, denominator) = subject.Plan.OfNet<Int128>(part, net, subject.Quantity);
            return Round(numerator, denominator);
        }
        catch (OverflowException)
        {
            var (numerator, denominator) = subject.Plan.OfNet<BigInteger>(part, net, subject.Quantity);
            return Round(numerator, denominator);
        }
    }

    long RoundedOfListed(Taxable subject, TaxPart part)
    {
        try
        {
            var (numerator, denominator) = subject.Plan.OfListed<Int128>(part, subject.Left, subject.Quantity);
            return Round(numerator, denominator);
        }
        catch (OverflowException)
        {
            var (numerator, denominator) = subject.Plan.OfListed<BigInteger>(part, subject.Left, subject.Quantity);
            return Round(numerator, denominator);
        }
    }

    long Round(BigInteger numerator, BigInteger denominator)
    {
        var rounded = Pricing.Rounding.Quotient(numerator, denominator * Rounding.Step, Rounding.Mode) * Rounding.Step;
        return rounded is >= -Limits.MaxAmount and <= Limits.MaxAmount ? rounded : throw new OverflowException();
    }

    /// <summary>What a line costs now without its included taxes, each rounded.</summary>
    public long NetOf(WorkLine line)
    {
        var net = line.Left;
        foreach (var part in line.Plan.Parts)
            if (part.Included) net -= RoundedOfListed(line, part);

        return net;
    }
}

/// <summary>What taxes are computed on: a listed amount, a quantity and a plan; a line or a part of a fee.</summary>
internal class Taxable
{
    public TaxPlan Plan { get; set; } = TaxPlan.None;

    /// <summary>Minor units, with the included taxes in it. Discounts come off here.</summary>
    public long Left { get; set; }

    /// <summary>x 10^5.</summary>
    public long Quantity { get; set; }

    /// <summary>Whether <see cref="Net"/> was set by a discount on the net, so that included taxes come from it.</summary>
    public bool NetIsGiven { get; set; }

    public long Net { get; set; }

    public LineTax[] Taxes { get; set; } = [];

    public long Total { get; set; }

    /// <summary>The answer of the tax steps.</summary>
    public virtual void Set(long net, LineTax[] taxes)
    {
        (Net, Taxes, Total) = (net, taxes, net);
        foreach (var tax in taxes) Total += tax.Amount;
    }
}

internal sealed class WorkLine : Taxable
{
    readonly List<LineDiscount> discounts = new(2);

    public CartLine Source { get; private set; } = null!;

    /// <summary>Minor units x 10^4, zero or more: a price below zero turns the quantity.</summary>
    public long Price { get; set; }

    public long Gross { get; set; }

    public bool PricesIncludeTax { get; set; }

    /// <summary>Whether promotions and the order discount may touch it.</summary>
    public bool Discountable { get; private set; }

    /// <summary>The stacking group of the promotions on it; null while there are none.</summary>
    public string? Group { get; set; }

    /// <summary>An exclusive promotion keeps it.</summary>
    public bool Closed { get; set; }

    /// <summary>Whole units that a promotion of units has counted.</summary>
    public long UnitsUsed { get; private set; }

    /// <summary>What is left of the price of those units; the rest of <see cref="Taxable.Left"/> is the price of the others.</summary>
    public long LeftOfUsed { get; private set; }

    /// <summary>Quantity x 10^5 that no promotion of units has counted.</summary>
    public long FreeQuantity => Quantity - UnitsUsed * 100_000;

    public long LeftOfFree => Left - LeftOfUsed;

    public LineDiscount[] Discounts => [.. discounts];

    public void Begin(CartLine source)
    {
        Source = source;
        Discountable = !source.NotDiscountable && !source.IsReturn;
    }

    public void Clear()
    {
        (Source, Plan, Taxes, Group, Closed, UnitsUsed, LeftOfUsed, NetIsGiven) = (null!, TaxPlan.None, [], null, false, 0, 0, false);
        discounts.Clear();
    }

    public void Take(long amount, LineDiscount discount)
    {
        if (amount == 0) return;
        if (LeftOfUsed > 0) LeftOfUsed -= Rounding.HalfAwayFromZero((Int128)LeftOfUsed * amount, Left);
        Record(amount, discount);
    }

    /// <summary>What so many of its free units cost, the discounts so far worked in.</summary>
    public long ValueOf(long units) =>
        Rounding.HalfAwayFromZero((Int128)LeftOfFree * units * 100_000, FreeQuantity);

    /// <summary>As <see cref="Take"/>, for units that from now on count as used.</summary>
    public void TakeFromUnits(long units, long amount, LineDiscount discount)
    {
        var value = ValueOf(units);
        UnitsUsed += units;
        LeftOfUsed += Math.Max(0, value - amount);
        if (amount != 0) Record(amount, discount);
    }

    /// <summary>The discount on the net shows in listed terms only now, when the included taxes on what is left are known.</summary>
    public override void Set(long net, LineTax[] taxes)
    {
        base.Set(net, taxes);
        if (!NetIsGiven) return;
        var listed = net;
        foreach (var tax in taxes)
            if (tax.Included) listed += tax.Amount;
        Left = listed;
        var last = discounts[^1];
        discounts[^1] = last with { Amount = last.Base - listed };
        if (discounts[^1].Amount == 0) discounts.RemoveAt(discounts.Count - 1);
    }

    public void Record(long amount, LineDiscount discount)
    {
        Left -= amount;
        discounts.Add(discount);
    }
}

/// <summary>A fee and its place in <see cref="Work.FeeParts"/>: one part, or one for each way its lines are taxed.</summary>
internal readonly record struct WorkFee(FeeRule Rule, int First, int Parts, long Amount, long? Base, decimal? Quantity);
