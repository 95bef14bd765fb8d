using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using WebWaka.CellKit;
using WebWaka.Pricing;

namespace WebWaka.Promotions.Promotions;

/// <summary>A promotion's rule between the API and <c>WebWaka.Pricing</c>: read strictly, bounded, and checked by Pricing itself.</summary>
internal static class PromotionDocument
{
    public const int MaxName = 100;
    private const int MaxLength = 100_000;

    internal static readonly JsonSerializerOptions Strict = new(PricingJson.Options)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 16,
        Converters = { new ExactWords() },
    };

    /// <summary>The rule under the row's identity; what the caller says of <c>id</c> and <c>version</c> is ours to say.</summary>
    /// <param name="rule">As the caller wrote it.</param>
    /// <param name="id">Its identity.</param>
    /// <param name="version">Its version.</param>
    /// <param name="stored">False where it is only tried.</param>
    public static Outcome<Promotion> Parse(JsonElement rule, Guid id, long version, bool stored = true)
    {
        if (rule.ValueKind != JsonValueKind.Object)
            return CommonProblems.MalformedRequest.With("$.rule: an object");
        Promotion promotion;
        try
        {
            var own = Identified(rule, id, version);
            if (own.ToJsonString().Length > MaxLength)
                return CommonProblems.InvalidRequest.With($"rule: at most {MaxLength} characters");
            promotion = own.Deserialize<Promotion>(Strict)!;
        }
        catch (JsonException error)
        {
            return CommonProblems.InvalidRequest.With($"rule{error.Path?.TrimStart('$')}: not valid");
        }
        catch (NotSupportedException)
        {
            return CommonProblems.InvalidRequest.With("rule.type: missing or not known");
        }

        if (PromotionBounds.Fault(promotion, stored) is { } fault)
            return CommonProblems.InvalidRequest.With(fault);
        return new RuleBook { Promotions = [promotion] }.Check() is { } wrong
            ? Problems.PromotionInvalid.With(wrong.Detail)
            : promotion;
    }

    /// <summary>The tenant's loyalty programme, read as strictly as a rule.</summary>
    public static Outcome<LoyaltyProgramme> ParseProgramme(JsonElement programme, Guid id, long version)
    {
        if (programme.ValueKind != JsonValueKind.Object)
            return CommonProblems.MalformedRequest.With("$.programme: an object");
        try
        {
            var own = JsonObject.Create(programme)!;
            own["id"] = id;
            own["version"] = version;
            if (own.ToJsonString().Length > MaxLength)
                return CommonProblems.InvalidRequest.With($"programme: at most {MaxLength} characters");
            var parsed = own.Deserialize<LoyaltyProgramme>(Strict)!;
            if (PromotionBounds.Fault(parsed) is { } fault)
                return CommonProblems.InvalidRequest.With(fault);
            return new RuleBook { Loyalty = parsed }.Check() is { } wrong ? Problems.PromotionInvalid.With(wrong.Detail) : parsed;
        }
        catch (JsonException error)
        {
            return CommonProblems.InvalidRequest.With($"programme{error.Path?.TrimStart('$')}: not valid");
        }
    }

    /// <summary>A cart, read as strictly as a rule; what a caller may leave out has its place filled in.</summary>
    public static Outcome<Cart> ParseCart(JsonElement cart, DateTimeOffset now)
    {
        if (cart.ValueKind != JsonValueKind.Object)
            return CommonProblems.MalformedRequest.With("$.cart: an object");
        try
        {
            var own = JsonObject.Create(cart)!;
            own.TryAdd("storeId", Guid.Empty);
            own.TryAdd("at", now);
            if (own["lines"] is JsonArray lines)
                for (var i = 0; i < lines.Count; i++)
                    (lines[i] as JsonObject)?.TryAdd("line", i + 1);
            return own.Deserialize<Cart>(Strict)!;
        }
        catch (JsonException error)
        {
            return CommonProblems.InvalidRequest.With($"cart{error.Path?.TrimStart('$')}: not valid");
        }
    }

    private static JsonObject Identified(JsonElement rule, Guid id, long version)
    {
        var own = JsonObject.Create(rule)!;
        own["id"] = id;
        own["version"] = version;
        if (own["coupon"] is JsonObject coupon && !coupon.ContainsKey("codes"))
            coupon["codes"] = new JsonArray();
        return own;
    }

    /// <summary>The word that stands as its <c>type</c>.</summary>
    public static string TypeOf(Promotion promotion) => (string)JsonSerializer.SerializeToNode(promotion, PricingJson.Options)!["type"]!;

    public static string Write(Promotion promotion) => JsonSerializer.Serialize(promotion, PricingJson.Options);

    public static Promotion Stored(string document) => JsonSerializer.Deserialize<Promotion>(document, PricingJson.Options)!;

    /// <summary>The stored rule as a member of an answer.</summary>
    public static JsonNode Read(string document) => JsonNode.Parse(document)!;
}
