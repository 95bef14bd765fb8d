using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Promotions.Redemptions;

/// <summary>What sales have used of a promotion, as far as they have been heard of.</summary>
internal static class GetPromotionUsage
{
    private const int MostUsed = 100;
    private const int MaxDays = 366;

    /// <param name="Redemptions">Sales that were given it, those taken back since among them.</param>
    /// <param name="Amount">Minor units given less those taken back.</param>
    /// <param name="Coupons">The hundred most used codes; all are at <c>/api/coupons</c>.</param>
    /// <param name="Days">Of the days asked for, in UTC; those without a use are left out.</param>
    internal sealed record Answer(
        Guid PromotionId, long Redemptions, long Reversed, long Amount, long CouponsIssued, CouponUsage[] Coupons, DayUsage[]? Days = null);

    internal sealed record DayUsage(DateOnly Date, long Redemptions, long Reversed, long Amount);

    internal sealed record CouponUsage(string Code, long Redemptions, long Reversed, long Amount);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/promotions/{id:guid}/usage", Handle).RequirePermission(Permissions.ReadPromotions)
            .WithName(nameof(GetPromotionUsage)).Produces<Answer>();

    private static async Task<IResult> Handle(
        Guid id, Caller caller, PromotionsDb db, CancellationToken ct, DateOnly? from = null, DateOnly? to = null)
    {
        if (from is null != to is null || to <= from || to?.DayNumber - from?.DayNumber > MaxDays)
            return CommonProblems.InvalidRequest.With($"from, to: both or neither, to after from, at most {MaxDays} days").ToHttp();
        var outcome = await db.InTenant<Answer>(caller.TenantId, async () =>
        {
            if (!await db.Promotions.AnyAsync(row => row.Id == id, ct))
                return CommonProblems.NotFound;
            var sums = await db.PromotionUsage.AsNoTracking().SingleOrDefaultAsync(row => row.PromotionId == id, ct);
            var issued = await db.Coupons.LongCountAsync(row => row.PromotionId == id, ct);
            var coupons = await db.CouponUsage.Where(row => row.PromotionId == id)
                .OrderByDescending(row => row.Redeemed).ThenBy(row => row.Coupon).Take(MostUsed)
                .Select(row => new CouponUsage(row.Coupon, row.Redeemed, row.Reversed, row.Amount)).ToArrayAsync(ct);
            return new Answer(id, sums?.Redeemed ?? 0, sums?.Reversed ?? 0, sums?.Amount ?? 0, issued, coupons,
                from is { } first ? await ByDay(db, id, first, to!.Value, ct) : null);
        }, ct);
        return outcome.ToHttp();
    }

    private static async Task<DayUsage[]> ByDay(PromotionsDb db, Guid id, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var (start, end) = (Utc(from), Utc(to));
        var days = await db.Redemptions.Where(row => row.PromotionId == id && row.At >= start && row.At < end)
            .GroupBy(row => DateOnly.FromDateTime(row.At.UtcDateTime)).OrderBy(day => day.Key)
            .Select(day => new
            {
                day.Key, Given = day.LongCount(row => !row.Reversal), Reversed = day.LongCount(row => row.Reversal),
                Amount = day.Sum(row => row.Reversal ? -row.Amount : row.Amount),
            }).ToListAsync(ct);
        return [.. days.Select(day => new DayUsage(day.Key, day.Given, day.Reversed, day.Amount))];
    }

    private static DateTimeOffset Utc(DateOnly date) => new(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
