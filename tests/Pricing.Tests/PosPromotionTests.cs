using System.Text.Json;

namespace WebWaka.Pricing.Tests;

/// <summary>vectors/pos.json: promotions. The figures to come out are read from the file; the carts are written here.</summary>
public sealed class PosPromotionTests
{
    static readonly Dictionary<string, Func<JsonElement, (object?, object?)>> Cases = PosPromotionCases.All;

    public static TheoryData<string> Promotions => Vectors.Ids(Vectors.Pos, "promo");

    [Theory]
    [MemberData(nameof(Promotions))]
    public void A_promotion_comes_out_as_elsewhere(string id)
    {
        var (expected, actual) = Cases[id](Vectors.Pos[id].GetProperty("expected"));
        Assert.Equal(expected, actual);
    }
}
