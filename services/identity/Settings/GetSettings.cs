using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Identity.Tenants;

namespace WebWaka.Identity.Settings;

/// <summary>The shop's settings, to everybody who works there. The ETag is what a change must name.</summary>
internal static class GetSettings
{
    /// <param name="TaxIdLabel">What the country calls a tax payer's number.</param>
    public sealed record Answer(
        long Version, string Slug, string Name, string Country, string Currency, string TimeZone, string DayCutoff, bool PricesIncludeTax,
        string Language, string? TaxId, string? ReceiptFooter, string Status, string? TaxAuthority, string? TaxIdLabel)
    {
        public static Answer Of(SettingsRow row, TenantRow tenant, DateOnly day)
        {
            var pack = Tenants.Country.Find(row.Country)?.On(day);
            return new(
                row.Version, tenant.Slug, row.Name, row.Country, row.Currency, row.TimeZone, row.DayCutoff, row.PricesIncludeTax,
                row.Language, row.TaxId, row.ReceiptFooter, tenant.Status, pack?.TaxAuthority, pack?.TaxIdLabel);
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/settings", Handle)
        .RequireAuthorization().WithName(nameof(GetSettings)).Produces<Answer>();

    private static async Task<IResult> Handle(HttpContext http, Caller caller, IdentityDb db, CancellationToken ct)
    {
        var outcome = await db.InTenant<Answer>(caller.TenantId, async () =>
            await db.Settings.AsNoTracking().SingleOrDefaultAsync(ct) is { } row
                ? Answer.Of(row, await db.Tenants.AsNoTracking().SingleAsync(t => t.Id == caller.TenantId, ct), DateOnly.FromDateTime(db.Now.UtcDateTime))
                : CommonProblems.NotFound, ct);
        return outcome.ToHttp(answer =>
        {
            http.SetETag(answer.Version);
            return TypedResults.Ok(answer);
        });
    }
}
