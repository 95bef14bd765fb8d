using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Promotions.Promotions;

namespace WebWaka.Promotions.Coupons;

/// <summary>Coupons for a promotion that needs a code: those named, or so many generated. All of them or none.</summary>
internal static class IssueCoupons
{
    private const int MaxCodes = 10_000;

    /// <param name="Codes">The codes themselves; any case. Either these or <paramref name="Generate"/>.</param>
    /// <param name="Generate">How many to make up.</param>
    /// <param name="Prefix">What the generated ones begin with.</param>
    /// <param name="UseLimit">How often each may be used in all; absent: without limit.</param>
    internal sealed record Request(
        string[]? Codes = null, int? Generate = null, string? Prefix = null, long? UseLimit = null,
        DateTimeOffset? ValidFrom = null, DateTimeOffset? ValidTo = null);

    internal sealed record Answer(Guid PromotionId, CouponAnswer[] Items);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/promotions/{id:guid}/coupons", Handle).RequirePermission(Permissions.EditPromotions)
            .WithName(nameof(IssueCoupons))
            .WithExample(new("""
                {"generate": 5, "prefix": "XMAS-", "useLimit": 1, "validTo": "2027-01-01T00:00:00+01:00"}
                """)).Produces<Answer>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(Guid id, Request request, IdempotencyKey key, Caller caller, PromotionsDb db, CancellationToken ct)
    {
        if (Check(request) is { } fault)
            return fault.ToHttp();
        return await db.Once<object, Answer>(
            caller.TenantId, nameof(IssueCoupons), key, new { id, request }, StatusCodes.Status201Created, () => Issue(id, request, db, ct), ct);
    }

    private static async Task<Outcome<Answer>> Issue(Guid id, Request request, PromotionsDb db, CancellationToken ct)
    {
        if (await db.Promotions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } promotion)
            return CommonProblems.NotFound;
        if (promotion.Archived)
            return Problems.PromotionArchived;
        if (PromotionDocument.Stored(promotion.Document).Coupon is null)
            return Problems.PromotionWithoutCoupons;
        var codes = request.Codes?.Select(code => code.ToUpperInvariant()).ToArray()
            ?? CouponCode.Generate(request.Generate!.Value, request.Prefix?.ToUpperInvariant() ?? "");
        var rows = Array.ConvertAll(codes, code => new CouponRow
        {
            Code = code, Version = 1, PromotionId = id, UseLimit = request.UseLimit,
            ValidFrom = request.ValidFrom?.ToUniversalTime(), ValidTo = request.ValidTo?.ToUniversalTime(), CreatedAt = db.Now,
        });
        // One statement, so that two callers who want the same code cannot both have it, and the loser is told which.
        var made = await db.Database.SqlQuery<string>($"""
            INSERT INTO coupon (tenant_id, code, version, promotion_id, use_limit, valid_from, valid_to, archived, created_at)
            SELECT {db.Tenant}, code, 1, {id}, {request.UseLimit}::bigint, {rows[0].ValidFrom}::timestamptz, {rows[0].ValidTo}::timestamptz, false, {db.Now}
            FROM (SELECT code FROM unnest({codes}) AS c(code) ORDER BY code) AS c
            ON CONFLICT DO NOTHING RETURNING code
            """).ToListAsync(ct);
        if (made.Count < codes.Length)
            return Problems.CouponTaken.With(string.Join(", ", codes.Except(made, StringComparer.Ordinal).Take(10)));
        foreach (var row in rows)
            db.Publish(row.Event());
        return new Answer(id, Array.ConvertAll(rows, row => CouponAnswer.Of(row, used: 0)));
    }

    private static Problem? Check(Request request)
    {
        if (request.Codes is null == request.Generate is null)
            return CommonProblems.InvalidRequest.With("codes: either these or generate");
        if (request.Generate is < 1 or > MaxCodes)
            return CommonProblems.InvalidRequest.With($"generate: 1 to {MaxCodes}");
        if (request.Prefix is { } prefix && (request.Generate is null || prefix.Length > CouponCode.MaxPrefix || !CouponCode.HasOnlyItsSigns(prefix.ToUpperInvariant())))
            return CommonProblems.InvalidRequest.With($"prefix: at most {CouponCode.MaxPrefix} of A-Z, 0-9 and -, for generated codes only");
        if (request.UseLimit is < 1 or > 1_000_000_000)
            return CommonProblems.InvalidRequest.With("useLimit: 1 to 1000000000");
        if (request.ValidFrom >= request.ValidTo)
            return CommonProblems.InvalidRequest.With("validTo: after validFrom");
        return request.Codes is { } codes ? CheckCodes(codes) : null;
    }

    private static Problem? CheckCodes(string?[] codes)
    {
        if (codes.Length is 0 or > MaxCodes)
            return CommonProblems.InvalidRequest.With($"codes: 1 to {MaxCodes}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i]?.ToUpperInvariant() is not { } code || !CouponCode.IsValid(code))
                return CommonProblems.InvalidRequest.With($"codes[{i}]: {CouponCode.MinLength} to {CouponCode.MaxLength} of A-Z, 0-9 and -");
            if (!seen.Add(code))
                return CommonProblems.InvalidRequest.With($"codes[{i}]: twice");
        }

        return null;
    }
}
