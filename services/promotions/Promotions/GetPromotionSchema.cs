using WebWaka.CellKit;

namespace WebWaka.Promotions.Promotions;

/// <summary>The JSON schema of what <c>rule</c> may be, and of a loyalty programme.</summary>
internal static class GetPromotionSchema
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/promotions/schema", () => Answer(PromotionSchema.Rule)).RequirePermission(Permissions.ReadPromotions)
            .WithName(nameof(GetPromotionSchema)).Produces<object>(StatusCodes.Status200OK, "application/schema+json");
        api.MapGet("/promotions/loyalty/schema", () => Answer(PromotionSchema.Programme)).RequirePermission(Permissions.ReadPromotions)
            .WithName("GetLoyaltySchema").Produces<object>(StatusCodes.Status200OK, "application/schema+json");
    }

    private static IResult Answer(string schema) => TypedResults.Text(schema, "application/schema+json");
}
