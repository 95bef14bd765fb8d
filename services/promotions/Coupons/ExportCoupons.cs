using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Promotions.Coupons;

/// <summary>All codes of a promotion as CSV, for the printer or the mailing. Streamed: a hundred thousand take no more memory than a page.</summary>
internal static class ExportCoupons
{
    private const int Rows = 1_000;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/promotions/{id:guid}/coupons.csv", Handle).RequirePermission(Permissions.ReadPromotions)
            .WithName(nameof(ExportCoupons)).Produces<string>(StatusCodes.Status200OK, "text/csv");

    private static async Task<IResult> Handle(Guid id, Caller caller, PromotionsDb db, CancellationToken ct)
    {
        if (!await db.InTenant(caller.TenantId, () => db.Promotions.AnyAsync(row => row.Id == id, ct), ct))
            return CommonProblems.NotFound.ToHttp();
        return TypedResults.Stream(body => Write(id, caller.TenantId, db, body, ct), "text/csv; charset=utf-8", "coupons.csv");
    }

    private static async Task Write(Guid id, Guid tenant, PromotionsDb db, Stream body, CancellationToken ct)
    {
        await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await text.WriteAsync("code,useLimit,used,validFrom,validTo,archived\r\n");
        for (var last = ""; ;)
        {
            // A transaction for each page: a slow reader holds none open.
            var page = await db.InTenant(tenant, () => db.Coupons.AsNoTracking()
                .Where(row => row.PromotionId == id && string.Compare(row.Code, last) > 0).OrderBy(row => row.Code).Take(Rows)
                .Select(row => new
                {
                    Row = row,
                    Used = db.CouponUsage.Where(use => use.PromotionId == id && use.Coupon == row.Code)
                        .Select(use => use.Redeemed - use.Reversed).FirstOrDefault(),
                }).ToListAsync(ct), ct);
            // Codes are of A-Z, 0-9 and the hyphen: nothing to quote, and the mark keeps a spreadsheet from reckoning with one.
            foreach (var item in page)
                await text.WriteAsync(LineOf(item.Row, Math.Max(0, item.Used)));
            await text.FlushAsync(ct);
            if (page.Count < Rows)
                return;
            last = page[^1].Row.Code;
        }
    }

    private static string LineOf(CouponRow row, long used)
    {
        var (code, archived) = (row.Code[0] == '-' ? "'" + row.Code : row.Code, row.Archived ? "true" : "false");
        return string.Create(CultureInfo.InvariantCulture, $"{code},{row.UseLimit},{used},{row.ValidFrom:O},{row.ValidTo:O},{archived}\r\n");
    }
}
