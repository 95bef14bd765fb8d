using System.Numerics;

namespace WebWaka.Pricing.Rules;

/// <summary>One tax of a plan, with every rate as an exact fraction.</summary>
internal sealed class TaxPart(TaxComponent rule, bool included, int[] onTopOf, Rational rate, long perUnit, Rational share, Rational levy)
{
    public TaxComponent Rule { get; } = rule;

    /// <summary>Class, code and since when.</summary>
    public required string Name { get; init; }

    public required string? Version { get; init; }

    public bool Included { get; } = included;

    /// <summary>Places in the plan of the taxes whose amounts join this one's base.</summary>
    public int[] OnTopOf { get; } = onTopOf;

    /// <summary>What its own base is multiplied by.</summary>
    public Rational Rate { get; } = rate;

    /// <summary>Minor units x 10^4 per unit of quantity.</summary>
    public long PerUnit { get; } = perUnit;

    /// <summary>Its amount as a share of the net, all compounding worked in.</summary>
    public Rational Share { get; } = share;

    /// <summary>What it takes per unit of quantity whatever the net, in minor units x 10^4, all compounding worked in.</summary>
    public Rational Levy { get; } = levy;

    /// <summary>Share and levy over the plan's common denominator.</summary>
    public Int128 ShareOver { get; private set; }

    public Int128 LevyOver { get; private set; }

    public void Over(Int128 denominator)
    {
        ShareOver = Share.Numerator * (denominator / Share.Denominator);
        LevyOver = Levy.Numerator * (denominator / Levy.Denominator);
    }
}

/// <summary>The taxes of one class at one time for one price mode, each after those it stands on.</summary>
internal sealed class TaxPlan
{
    readonly Int128 denominator = 1;
    readonly Int128 includedShare;
    readonly Int128 includedLevy;
    readonly bool hasLevy;

    public TaxPlan(TaxPart[] parts)
    {
        Parts = parts;
        foreach (var part in parts)
        {
            denominator = Rational.CommonMultiple(denominator, part.Share.Denominator);
            denominator = Rational.CommonMultiple(denominator, part.Levy.Denominator);
        }

        foreach (var part in parts)
        {
            part.Over(denominator);
            hasLevy |= part.LevyOver != 0;
            if (!part.Included) continue;
            includedShare += part.ShareOver;
            includedLevy += part.LevyOver;
        }
    }

    public static TaxPlan None { get; } = new([]);

    public TaxPart[] Parts { get; }

    /// <summary>One tax of a listed amount, exactly: with d the common denominator, s the sum of included shares, k the scale,
    /// net = (listed - included levies) / (1 + s/d) and tax = share x net + levy.</summary>
    /// <typeparam name="T">128 bits, or any size where those overflow.</typeparam>
    /// <param name="part">Which tax.</param>
    /// <param name="listed">Minor units, with the included taxes in it.</param>
    /// <param name="quantity">x 10^5.</param>
    public (T Numerator, T Denominator) OfListed<T>(TaxPart part, long listed, long quantity)
        where T : IBinaryInteger<T>
    {
        var (share, all) = (T.CreateChecked(part.ShareOver), T.CreateChecked(denominator + includedShare));
        if (!hasLevy) return (T.CreateChecked(listed) * share, all);
        var scale = T.CreateChecked(Limits.ExtensionScale);
        var units = T.CreateChecked(quantity);
        var over = T.CreateChecked(denominator);
        var net = T.CreateChecked(listed) * scale * over - T.CreateChecked(includedLevy) * units;
        return (share * net + T.CreateChecked(part.LevyOver) * units * all, scale * over * all);
    }

    /// <summary>One tax of a net amount, exactly.</summary>
    /// <typeparam name="T">As above.</typeparam>
    /// <param name="part">Which tax.</param>
    /// <param name="net">Minor units.</param>
    /// <param name="quantity">x 10^5.</param>
    public (T Numerator, T Denominator) OfNet<T>(TaxPart part, long net, long quantity)
        where T : IBinaryInteger<T>
    {
        var (share, over) = (T.CreateChecked(part.ShareOver) * T.CreateChecked(net), T.CreateChecked(denominator));
        if (!hasLevy) return (share, over);
        var scale = T.CreateChecked(Limits.ExtensionScale);
        return (share * scale + T.CreateChecked(part.LevyOver) * T.CreateChecked(quantity), over * scale);
    }
}
