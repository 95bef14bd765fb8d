using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Promotions.Promotions;

/// <summary>Promotions, newest id first. <c>archived</c> chooses one kind; <c>search</c> is a part of the name.</summary>
internal static class ListPromotions
{
    private const int MaxSearch = 100;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/promotions", Handle).RequirePermission(Permissions.ReadPromotions)
            .WithName(nameof(ListPromotions)).Produces<Page<PromotionAnswer>>();

    private static async Task<IResult> Handle(
        Caller caller, PromotionsDb db, CancellationToken ct, bool? archived = null, string? search = null, int? limit = null, string? cursor = null)
    {
        if (search?.Length > MaxSearch)
            return CommonProblems.InvalidRequest.With($"search: at most {MaxSearch} characters").ToHttp();
        var take = Paging.Limit(limit);
        var after = Guid.TryParse(Paging.Decode(cursor), out var last) ? last : (Guid?)null;
        var rows = await db.InTenant(caller.TenantId, () =>
        {
            var query = db.Promotions.AsNoTracking();
            if (archived is not null)
                query = query.Where(row => row.Archived == archived);
            if (!string.IsNullOrEmpty(search))
                query = query.Where(row => EF.Functions.ILike(row.Name, $"%{Escape(search)}%", "\\"));
            if (after is not null)
                query = query.Where(row => row.Id < after);
            return query.OrderByDescending(row => row.Id).Take(take + 1).ToListAsync(ct);
        }, ct);
        var page = Paging.Of(rows, take, row => row.Id.ToString());
        return TypedResults.Ok(new Page<PromotionAnswer>([.. page.Items.Select(row => PromotionAnswer.Of(row))], page.NextCursor));
    }

    private static string Escape(string search) =>
        search.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}
