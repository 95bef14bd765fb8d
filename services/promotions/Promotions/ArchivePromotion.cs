using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Promotions.Promotions;

/// <summary>Ends a promotion for good. It is never deleted: sales name it. Archived already is answered as done.</summary>
internal static class ArchivePromotion
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/promotions/{id:guid}/archive", Handle).RequirePermission(Permissions.EditPromotions)
            .WithName(nameof(ArchivePromotion)).Produces<PromotionAnswer>();

    private static async Task<IResult> Handle(Guid id, IfMatch match, Caller caller, PromotionsDb db, HttpContext http, CancellationToken ct)
    {
        var outcome = await db.InTenant<PromotionRow>(caller.TenantId, async () =>
        {
            if (await db.Promotions.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } row)
                return CommonProblems.NotFound;
            if (row.Archived)
                return row;
            if (match.Raise(row) is { } moved)
                return moved;
            row.Archived = true;
            row.Document = PromotionDocument.Write(PromotionDocument.Stored(row.Document) with { Version = row.Version });
            db.Publish(PromotionAnswer.Event(row));
            return row;
        }, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Ok(PromotionAnswer.Of(row));
        });
    }
}
