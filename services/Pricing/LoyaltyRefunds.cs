namespace WebWaka.Pricing;

/// <summary>Points of a sale that its refunds have moved: earned ones taken back, spent ones given back.</summary>
public readonly record struct PointsBack(long TakenBack, long GivenBack);

/// <summary>
/// What of a sale's points has gone back once so much of it is refunded. Cumulative, so that any split comes to the whole: in between
/// earned ones are rounded up and spent ones down, so that buying and giving back a part never leaves more than before.
/// </summary>
public static class LoyaltyRefunds
{
    /// <param name="earned">Points that the sale earned.</param>
    /// <param name="burned">Points that it spent.</param>
    /// <param name="gross">What its lines were listed at.</param>
    /// <param name="refunded">What the lines refunded so far were, this refund's with them.</param>
    /// <param name="whole">Nothing of the sale is left.</param>
    public static PointsBack SoFar(long earned, long burned, long gross, long refunded, bool whole)
    {
        if (whole || refunded >= gross) return new(earned, burned);
        return new((long)(((Int128)earned * refunded + gross - 1) / gross), (long)((Int128)burned * refunded / gross));
    }
}
