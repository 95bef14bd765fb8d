using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Pricing;

namespace WebWaka.Promotions.Promotions;

/// <summary>Which promotions are on, day by day of the store's own calendar. Limits that are used up do not show here.</summary>
internal static class GetCalendar
{
    private const int MaxDays = 366;
    private const int MaxPromotions = 2_000;

    internal sealed record Answer(Day[] Days);

    internal sealed record Day(DateOnly Date, Entry[] Promotions);

    /// <param name="From">When it begins on this day; absent: at midnight, or it runs on from the day before.</param>
    /// <param name="To">When it ends on this day; absent: it runs to midnight.</param>
    /// <param name="Hours">Only within these, where there are any.</param>
    internal sealed record Entry(Guid Id, string Name, string Type, bool NeedsCoupon, TimeOnly? From = null, TimeOnly? To = null, HourWindow[]? Hours = null);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/promotions/calendar", Handle).RequirePermission(Permissions.ReadPromotions).WithName(nameof(GetCalendar)).Produces<Answer>();

    private static async Task<IResult> Handle(DateOnly from, DateOnly to, Caller caller, PromotionsDb db, CancellationToken ct, Guid? storeId = null)
    {
        if (to <= from || to.DayNumber - from.DayNumber > MaxDays)
            return CommonProblems.InvalidRequest.With($"to: after from, at most {MaxDays} days").ToHttp();
        var rows = await db.InTenant(caller.TenantId, () => db.Promotions.AsNoTracking().Where(row => !row.Archived)
            .OrderByDescending(row => row.Id).Take(MaxPromotions).Select(row => row.Document).ToListAsync(ct), ct);
        var rules = rows.ConvertAll(PromotionDocument.Stored)
            .Where(rule => storeId is not { } store || rule.Conditions.Stores.Length == 0 || rule.Conditions.Stores.Contains(store))
            .OrderByDescending(rule => rule.Priority).ThenBy(rule => rule.Id).ToList();
        var days = Enumerable.Range(0, to.DayNumber - from.DayNumber).Select(from.AddDays)
            .Select(date => new Day(date, [.. rules.Where(rule => IsOn(rule.Conditions, date)).Select(rule => EntryOf(rule, date))]));
        return TypedResults.Ok(new Answer([.. days]));
    }

    private static bool IsOn(PromotionConditions conditions, DateOnly date)
    {
        var (start, end) = (date.ToDateTime(TimeOnly.MinValue), date.AddDays(1).ToDateTime(TimeOnly.MinValue));
        if (conditions.ValidFrom >= end || conditions.ValidTo <= start)
            return false;
        if (OnDay(conditions, date))
            return true;
        // Hours that run past midnight belong to the day they started on.
        return Array.Exists(conditions.Hours, window => window.To < window.From && window.To > TimeOnly.MinValue) && OnDay(conditions, date.AddDays(-1));
    }

    private static bool OnDay(PromotionConditions conditions, DateOnly date) =>
        conditions.Weekdays.Length == 0 || Array.IndexOf(conditions.Weekdays, (Weekday)(int)date.DayOfWeek) >= 0;

    private static Entry EntryOf(Promotion rule, DateOnly date)
    {
        var hours = rule.Conditions.Hours;
        return new Entry(
            rule.Id, rule.Name, PromotionDocument.TypeOf(rule), rule.Coupon is not null, On(rule.Conditions.ValidFrom), On(rule.Conditions.ValidTo),
            hours.Length == 0 ? null : hours);

        TimeOnly? On(DateTime? at) =>
            at is { } time && DateOnly.FromDateTime(time) == date && time.TimeOfDay > TimeSpan.Zero ? TimeOnly.FromDateTime(time) : null;
    }
}
