using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Stores;

/// <summary>Changes a store; its code stays. Archived ones are kept, for what was sold there.</summary>
internal static class ChangeStore
{
    public sealed record Request(string Name, string? Address = null, string? TimeZone = null, string? DayCutoff = null, bool Archived = false)
    {
        public Problem? Check() => Rules.First(
            Rules.Text("name", Name, 100), Rules.Lines("address", Address, 300),
            Rules.TimeZone("timeZone", TimeZone), Rules.TimeOfDay("dayCutoff", DayCutoff));
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/stores/{id:guid}", Handle)
        .RequirePermission(Permissions.EditStores).WithName(nameof(ChangeStore)).Produces<StoreDto>();

    private static async Task<IResult> Handle(
        Guid id, Request request, IfMatch ifMatch, HttpContext http, Caller caller, IdentityDb db, CancellationToken ct)
    {
        if (request.Check() is { } fault)
            return fault.ToHttp();
        var outcome = await db.InTenant<StoreRow>(caller.TenantId, async () =>
        {
            if (await db.TakeTurn(ct) is not { } settings || await db.Stores.SingleOrDefaultAsync(s => s.Id == id, ct) is not { } row)
                return CommonProblems.NotFound;
            if (ifMatch.Raise(row) is { } moved)
                return moved;
            (row.Name, row.Address, row.TimeZone, row.DayCutoff, row.Archived) =
                (request.Name, request.Address, request.TimeZone, request.DayCutoff, request.Archived);
            db.Publish(row.ToEvent(settings));
            return row;
        }, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Ok(StoreDto.Of(row));
        });
    }
}
