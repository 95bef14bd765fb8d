using System.Text.Json.Serialization;

namespace WebWaka.Pricing;

/// <summary>How customers earn points by buying and spend them on what they buy. A balance is the caller's to keep.</summary>
public sealed record LoyaltyProgramme
{
    public required Guid Id { get; init; }
    public long Version { get; init; } = 1;
    public string Name { get; init; } = "";

    /// <summary>Absent: nothing is earned.</summary>
    public LoyaltyEarn? Earn { get; init; }

    /// <summary>Absent: points cannot be spent.</summary>
    public LoyaltyBurn? Burn { get; init; }

    /// <summary>Points are lost when a customer neither earned nor spent any for so long; absent: never. The caller's to see to.</summary>
    public int? ExpiresAfterDays { get; init; }
}

/// <summary><see cref="Points"/> for every <see cref="Amount"/> minor units, rounded down once for the sale.</summary>
public sealed record LoyaltyEarn
{
    public required long Points { get; init; }
    public required long Amount { get; init; }
    public LoyaltyBasis Basis { get; init; }

    /// <summary>The lines that earn; absent: all. Exclusions are said here.</summary>
    public ItemSelector? Items { get; init; }

    /// <summary>A line that anything was taken off earns nothing.</summary>
    public bool FullPriceOnly { get; init; }
}

[JsonConverter(typeof(CamelCaseEnum<LoyaltyBasis>))]
public enum LoyaltyBasis
{
    /// <summary>What the lines come to with their taxes.</summary>
    Total,

    /// <summary>Without taxes.</summary>
    Net,
}

/// <summary>Points come off the lines after all promotions, before an order discount by hand, so taxes are on what is left.</summary>
public sealed record LoyaltyBurn
{
    /// <summary>Minor units that a point is worth, at most four decimals.</summary>
    [JsonConverter(typeof(DecimalString))]
    public required decimal PointValue { get; init; }

    public long MinimumPoints { get; init; } = 1;

    /// <summary>How much of the lines points may pay.</summary>
    [JsonConverter(typeof(DecimalString))]
    public decimal MaxPercent { get; init; } = 100;

    /// <summary>The lines that points may pay; absent: all that may be discounted.</summary>
    public ItemSelector? Items { get; init; }
}
