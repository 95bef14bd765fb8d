using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Transaction.Copies;
using WebWaka.Transaction.Core;

namespace WebWaka.Transaction.Leases;

/// <summary>Claims uses of a coupon, or of a promotion with a limit in all, for a till that may go offline. All of them or none.</summary>
internal static class TakeLease
{
    private const int MaxUses = 1_000;
    private const int MaxMinutes = 7 * 24 * 60;

    /// <param name="Coupon">The code; either this or <paramref name="PromotionId"/>.</param>
    /// <param name="Minutes">How long it is kept for the till; what sales have not used comes back then.</param>
    public sealed record Request(Guid TillId, long Uses, string? Coupon = null, Guid? PromotionId = null, Guid? Id = null, int Minutes = 24 * 60);

    /// <param name="Used">By sales that have come in; more than <paramref name="Uses"/> where the till gave out more.</param>
    /// <param name="ClosedAt">When what was not used came back.</param>
    public sealed record Answer(
        Guid Id, Guid TillId, Guid PromotionId, string? Coupon, long Uses, long Used, DateTimeOffset LeasedAt, DateTimeOffset ExpiresAt,
        DateTimeOffset? ClosedAt)
    {
        internal static Answer Of(LeaseRow row) =>
            new(row.Id, row.TillId, row.PromotionId, row.Coupon, row.Uses, row.Used, row.LeasedAt, row.ExpiresAt, row.ClosedAt);
    }

    public static void Map(RouteGroupBuilder leases) =>
        leases.MapPost("/", Handle).WithName(nameof(TakeLease))
            .WithExample(new("""
                {"tillId": "01936f00-0000-7000-8000-000000000001", "coupon": "WELCOME10", "uses": 20, "minutes": 480}
                """)).RequirePermission(Permissions.Sell).Produces<Answer>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(Request request, IdempotencyKey key, Caller caller, TransactionDb db, Books books, CancellationToken ct)
    {
        if (Check(request) is { } invalid)
            return invalid.ToHttp();
        if (await books.Get(db, caller.TenantId, fresh: true, ct) is not { } book)
            return Problems.TenantNotReady.ToHttp();
        return await db.Once<Request, Answer>(caller.TenantId, "leases", key, request, StatusCodes.Status201Created, async () =>
        {
            if (!book.Tills.TryGetValue(request.TillId, out var till) || till.Archived)
                return Problems.TillUnknown;
            if (request.Id is { } given && await db.Leases.AnyAsync(row => row.Id == given, ct))
                return Problems.LeaseIdReused;
            var claimed = request.PromotionId is { } promotion ? await Claim(db, book, promotion, request.Uses, ct) : await Claim(db, request, ct);
            if (claimed.Problem is { } problem)
                return problem;
            var row = new LeaseRow
            {
                Id = request.Id ?? db.NewId(), TillId = request.TillId, PromotionId = claimed.Value,
                Coupon = request.Coupon is { } code ? Quoting.Normalize(code) : null,
                Counter = request.Coupon is { } coupon ? Counters.Coupon(Quoting.Normalize(coupon)) : Counters.Total,
                Uses = request.Uses, LeasedBy = caller.UserId, LeasedAt = db.Now, ExpiresAt = db.Now.AddMinutes(request.Minutes),
            };
            db.Add(row);
            return Answer.Of(row);
        }, ct);
    }

    private static async Task<Outcome<Guid>> Claim(TransactionDb db, Request request, CancellationToken ct)
    {
        var code = Quoting.Normalize(request.Coupon!);
        var now = db.Now;
        if (await db.Coupons.AsNoTracking().SingleOrDefaultAsync(row => row.Code == code && !row.Archived, ct) is not { } coupon
            || coupon.ValidFrom > now || coupon.ValidTo <= now)
            return Problems.CouponUnknown;
        if (coupon.UseLimit is null)
            return Problems.NotLimited;
        var taken = await db.Coupons.Where(row => row.Code == code && !row.Archived && row.Used + request.Uses <= row.UseLimit)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Used, row => row.Used + request.Uses), ct);
        return taken == 1 ? coupon.PromotionId : Problems.CouponUsedUp;
    }

    private static async Task<Outcome<Guid>> Claim(TransactionDb db, Book book, Guid promotion, long uses, CancellationToken ct)
    {
        if (!book.Promotions.TryGetValue(promotion, out var rule))
            return Problems.PromotionUnknown;
        if (rule.Caps.UsesInTotal is not { } limit)
            return Problems.NotLimited;
        var taken = await db.Promotions.Where(row => row.Id == promotion && !row.Archived && row.Used + uses <= limit)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Used, row => row.Used + uses), ct);
        return taken == 1 ? promotion : Problems.PromotionUsedUp;
    }

    private static Problem? Check(Request request)
    {
        if (request.Coupon is null == request.PromotionId is null)
            return CommonProblems.InvalidRequest.With("coupon: either this or promotionId");
        if (request.Coupon is not null && !CartChecks.IsText(request.Coupon, 40))
            return CommonProblems.InvalidRequest.With("coupon: 1 to 40 characters");
        if (request.Uses is < 1 or > MaxUses)
            return CommonProblems.InvalidRequest.With($"uses: 1 to {MaxUses}");
        if (request.Id == Guid.Empty)
            return CommonProblems.InvalidRequest.With("id: not empty");
        return request.Minutes is < 1 or > MaxMinutes ? CommonProblems.InvalidRequest.With($"minutes: 1 to {MaxMinutes}") : null;
    }
}
