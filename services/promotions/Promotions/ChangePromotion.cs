using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Promotions.Promotions;

/// <summary>Replaces a promotion's rule. Sales already made keep the version that priced them.</summary>
internal static class ChangePromotion
{
    internal sealed record Request(JsonElement Rule, long? TotalLimit = null);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/promotions/{id:guid}", Handle).RequirePermission(Permissions.EditPromotions)
            .WithName(nameof(ChangePromotion)).Produces<PromotionAnswer>();

    private static async Task<IResult> Handle(
        Guid id, Request request, IfMatch match, Caller caller, PromotionsDb db, HttpContext http, CancellationToken ct)
    {
        if (CreatePromotion.CheckLimit(request.TotalLimit) is { } fault)
            return fault.ToHttp();
        var outcome = await db.InTenant<PromotionAnswer>(caller.TenantId, async () =>
        {
            if (await db.Promotions.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } row)
                return CommonProblems.NotFound;
            if (row.Archived)
                return Problems.PromotionArchived;
            if (match.Raise(row) is { } moved)
                return moved;
            var parsed = PromotionDocument.Parse(request.Rule, id, row.Version);
            if (parsed.Problem is { } wrong)
                return wrong;
            (row.Name, row.Document, row.TotalLimit) = (parsed.Value!.Name, PromotionDocument.Write(parsed.Value), request.TotalLimit);
            db.Publish(PromotionAnswer.Event(row));
            return PromotionAnswer.Of(row, await CheckPromotion.Of(db, row, ct));
        }, ct);
        return outcome.ToHttp(changed =>
        {
            http.SetETag(changed.Version);
            return TypedResults.Ok(changed);
        });
    }
}
