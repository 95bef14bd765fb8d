using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Settings;

/// <summary>Changes the shop's settings. Country and currency stay what sign-up made them: stored amounts and past taxes hang on them.</summary>
internal static class ChangeSettings
{
    private static readonly string[] Languages = ["en", "fr", "sw", "ha", "yo", "ig", "ar"];

    public sealed record Request(
        string Name, string TimeZone, string DayCutoff, bool PricesIncludeTax, string Language, string? TaxId = null, string? ReceiptFooter = null)
    {
        public Problem? Check() => Rules.First(
            Rules.Text("name", Name, 100), Rules.TimeZone("timeZone", TimeZone), Rules.TimeOfDay("dayCutoff", DayCutoff),
            Languages.Contains(Language, StringComparer.Ordinal) ? null : $"language: one of {string.Join(", ", Languages)}",
            Rules.Text("taxId", TaxId, 40, optional: true), Rules.Lines("receiptFooter", ReceiptFooter, 500));
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/settings", Handle)
        .RequirePermission(Permissions.EditSettings).WithName(nameof(ChangeSettings)).Produces<GetSettings.Answer>();

    private static async Task<IResult> Handle(
        Request request, IfMatch ifMatch, HttpContext http, Caller caller, IdentityDb db, CancellationToken ct)
    {
        if (request.Check() is { } fault)
            return fault.ToHttp();
        var outcome = await db.InTenant<GetSettings.Answer>(caller.TenantId, async () =>
        {
            if (await db.TakeTurn(ct) is not { } row)
                return CommonProblems.NotFound;
            if (ifMatch.Raise(row) is { } moved)
                return moved;
            var dayMoved = (row.TimeZone, row.DayCutoff) != (request.TimeZone, request.DayCutoff);
            (row.Name, row.TimeZone, row.DayCutoff) = (request.Name, request.TimeZone, request.DayCutoff);
            (row.PricesIncludeTax, row.Language, row.TaxId, row.ReceiptFooter) =
                (request.PricesIncludeTax, request.Language, request.TaxId, request.ReceiptFooter);
            var tenant = await db.Tenants.SingleAsync(t => t.Id == caller.TenantId, ct);
            tenant.Version = row.Version;
            db.Publish(row.ToEvent(tenant));
            if (dayMoved)
                await TellInheritingStores(db, row, ct);
            return GetSettings.Answer.Of(row, tenant, DateOnly.FromDateTime(db.Now.UtcDateTime));
        }, ct);
        return outcome.ToHttp(answer =>
        {
            http.SetETag(answer.Version);
            return TypedResults.Ok(answer);
        });
    }

    /// <summary>A store's event says its own zone and cut-off, so those that inherit them have changed too.</summary>
    private static async Task TellInheritingStores(IdentityDb db, SettingsRow settings, CancellationToken ct)
    {
        foreach (var store in await db.Stores.Where(s => s.TimeZone == null || s.DayCutoff == null).OrderBy(s => s.Code).ToListAsync(ct))
        {
            store.Version++;
            db.Publish(store.ToEvent(settings));
        }
    }
}
