using System.Text.Json;

namespace WebWaka.Pricing.Tests;

/// <summary>vectors/pos.json: promotions. The figures to come out are read from the file; the carts are written here.</summary>
public sealed class PosPromotionTests
{
    /// <summary>What another rule was chosen for, or is still to come. This list may only shrink.</summary>
    static readonly Dictionary<string, string> NotOurs = new(StringComparer.Ordinal)
    {
        ["PROMO-038"] = "uses in total are claimed where sales are",
        ["PROMO-062"] = "complete groups: to come with bundles",
        ["PROMO-065"] = "complete groups: to come with bundles",
        ["PROMO-071"] = "also wants a threshold that excludes its own value; here thresholds include it",
        ["PROMO-080"] = "a threshold on the net of prices with tax: thresholds here are in listed terms",
        ["PROMO-098"] = "chooses lines for an amount off; here it is spread in proportion",
    };

    static readonly Dictionary<string, Func<JsonElement, (object?, object?)>> Cases = PosPromotionCases.All;

    public static TheoryData<string> Promotions => Vectors.Ids(Vectors.Pos, "promo", [.. NotOurs.Keys]);

    [Fact]
    public void Every_vector_left_out_exists() => Assert.All(NotOurs.Keys, id => Assert.Contains(id, Vectors.Pos.Keys));

    [Theory]
    [MemberData(nameof(Promotions))]
    public void A_promotion_comes_out_as_elsewhere(string id)
    {
        var (expected, actual) = Cases[id](Vectors.Pos[id].GetProperty("expected"));
        Assert.Equal(expected, actual);
    }
}
