namespace WebWaka.Pricing;

/// <summary>Splits that lose nothing.</summary>
public static class Allocation
{
    const int Few = 16;

    /// <summary>Splits <paramref name="total"/> by largest remainder, ties to the first. Zero weights get nothing unless all are
    /// zero.</summary>
    /// <param name="total">Minor units, either sign; a negative total mirrors the positive one.</param>
    /// <param name="weights">Zero or more each.</param>
    /// <returns>One part per weight; they sum to the total.</returns>
    public static long[] Split(long total, ReadOnlySpan<long> weights)
    {
        var parts = new long[weights.Length];
        Split(total, weights, parts);
        return parts;
    }

    /// <summary>As the promotion says: in proportion, or one line after the other until the total is used up.</summary>
    /// <param name="total">At most the sum of the weights.</param>
    internal static void Split(long total, ReadOnlySpan<long> weights, Span<long> parts, Spread spread)
    {
        if (spread == Spread.Proportional)
        {
            Split(total, weights, parts);
            return;
        }

        var order = new int[weights.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        var by = weights.ToArray();
        if (spread != Spread.LineOrder)
        {
            var sign = spread == Spread.CheapestFirst ? 1 : -1;
            Array.Sort(order, (a, b) => sign * by[a].CompareTo(by[b]) is var first and not 0 ? first : a.CompareTo(b));
        }

        foreach (var at in order)
        {
            parts[at] = Math.Min(total, weights[at]);
            total -= parts[at];
        }
    }

    internal static void Split(long total, ReadOnlySpan<long> weights, Span<long> parts)
    {
        if (weights.IsEmpty && total != 0) throw new ArgumentException("Nothing to split over.", nameof(weights));
        Int128 sum = 0;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            sum += weight;
        }

        var even = sum == 0;
        if (even) sum = weights.Length;
        var size = Math.Abs(total);
        Span<Int128> rests = weights.Length <= 128 ? stackalloc Int128[weights.Length] : new Int128[weights.Length];
        var left = size;
        for (var i = 0; i < parts.Length; i++)
        {
            var (whole, rest) = Int128.DivRem((Int128)size * (even ? 1 : weights[i]), sum);
            parts[i] = (long)whole;
            rests[i] = rest;
            left -= parts[i];
        }

        GiveToLargest((int)left, rests, parts);
        var sign = Math.Sign(total);
        foreach (ref var part in parts) part *= sign;
    }

    static void GiveToLargest(int units, Span<Int128> rests, Span<long> parts)
    {
        if (units <= Few)
        {
            for (var i = 0; i < units; i++)
            {
                var largest = 0;
                for (var at = 1; at < rests.Length; at++)
                    if (rests[at] > rests[largest]) largest = at;
                parts[largest]++;
                rests[largest] = -1;
            }

            return;
        }

        SortAndGive(units, rests, parts);
    }

    static void SortAndGive(int units, Span<Int128> rests, Span<long> parts)
    {
        var keys = rests.ToArray();
        var order = new int[keys.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => keys[a] == keys[b] ? a.CompareTo(b) : keys[b].CompareTo(keys[a]));
        for (var i = 0; i < units; i++) parts[order[i]]++;
    }
}
