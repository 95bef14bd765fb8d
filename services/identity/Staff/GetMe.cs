using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Staff;

/// <summary>Who the token says I am, and my shop.</summary>
internal static class GetMe
{
    public sealed record Answer(Guid Id, string Name, string? Email, string Role, string[] Permissions, TenantDto Tenant);

    public sealed record TenantDto(
        Guid Id, string Slug, string Name, string Currency, string Country, string TimeZone, bool PricesIncludeTax, string Language);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/me", Handle).RequireAuthorization().WithName(nameof(GetMe)).Produces<Answer>();

    private static async Task<IResult> Handle(Caller caller, IdentityDb db, CancellationToken ct)
    {
        var outcome = await db.InTenant<Answer>(caller.TenantId, async () =>
        {
            var settings = await db.Settings.AsNoTracking().SingleOrDefaultAsync(ct);
            if (settings is null)
                return CommonProblems.NotFound;
            var email = await db.Staff.Where(s => s.Id == caller.UserId).Select(s => s.Email).SingleOrDefaultAsync(ct);
            return new Answer(caller.UserId, caller.Name, email, caller.Role, caller.Can, new TenantDto(
                caller.TenantId, caller.Slug, settings.Name, settings.Currency, settings.Country, settings.TimeZone,
                settings.PricesIncludeTax, settings.Language));
        }, ct);
        return outcome.ToHttp();
    }
}
