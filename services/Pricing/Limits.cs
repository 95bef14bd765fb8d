namespace WebWaka.Pricing;

/// <summary>Bounds that keep every figure exact here and in JavaScript, and every product inside 128 bits.</summary>
public static class Limits
{
    /// <summary>2^53 - 1 minor units: the largest integer JavaScript holds exactly.</summary>
    public const long MaxAmount = 9_007_199_254_740_991;

    /// <summary>Quantity of a line, either sign.</summary>
    public const decimal MaxQuantity = 9_999_999.99999m;

    /// <summary>Minor units.</summary>
    public const decimal MaxUnitPrice = 9_999_999_999_999m;

    public const int MaxLines = 2_000;

    /// <summary>Loyalty points, spent or earned at once.</summary>
    public const long MaxPoints = 1_000_000_000_000;

    internal const int QuantityPlaces = 5;
    internal const int PricePlaces = 4;
    internal const int RatePlaces = 6;

    /// <summary>100 percent, x 10^6.</summary>
    internal const long WholePercent = 100_000_000;

    /// <summary>What quantity x price is a multiple of, once both are whole numbers.</summary>
    internal const long ExtensionScale = 1_000_000_000;

    static readonly long[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>Store-local times carry no offset: one with an offset or a Z would mean another instant on each machine.</summary>
    internal static bool IsLocal(DateTime? time) => time is not { } given || given.Kind == DateTimeKind.Unspecified;

    /// <summary>As <see cref="TryScale"/>, of what has been checked.</summary>
    internal static long Scaled(decimal value, int places) => (long)(value * Powers[places]);

    /// <summary>value x 10^places as a whole number; false where a decimal is left over or it is out of range.</summary>
    internal static bool TryScale(decimal value, int places, decimal max, out long scaled)
    {
        scaled = 0;
        if (value > max || value < -max) return false;
        var exact = value * Powers[places];
        scaled = (long)exact;
        return scaled == exact;
    }
}
