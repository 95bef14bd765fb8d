using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Stores;

internal static class AddStore
{
    public sealed record Request(
        string Code, string Name, string? Address = null, string? TimeZone = null, string? DayCutoff = null, Guid? Id = null)
    {
        public Problem? Check() => Rules.First(
            Rules.Code("code", Code), Rules.Text("name", Name, 100), Rules.Lines("address", Address, 300),
            Rules.TimeZone("timeZone", TimeZone), Rules.TimeOfDay("dayCutoff", DayCutoff));

        public bool IsThat(StoreRow row) =>
            (row.Code, row.Name, row.Address, row.TimeZone, row.DayCutoff) == (Code, Name, Address, TimeZone, DayCutoff);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/stores", Handle)
        .RequirePermission(Permissions.EditStores).WithName(nameof(AddStore)).Produces<StoreDto>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(Request request, HttpContext http, Caller caller, IdentityDb db, CancellationToken ct)
    {
        if (request.Check() is { } fault)
            return fault.ToHttp();
        var outcome = await db.InTenant<StoreRow>(caller.TenantId, async () =>
        {
            if (await db.TakeTurn(ct) is not { } settings)
                return CommonProblems.NotFound;
            if (await db.Stores.SingleOrDefaultAsync(s => s.Id == request.Id, ct) is { } known)
                return request.IsThat(known) ? known : CommonProblems.AlreadyExists;
            if (await db.Stores.AnyAsync(s => s.Code == request.Code, ct))
                return Problems.CodeTaken;
            var row = new StoreRow
            {
                Id = request.Id ?? db.NewId(), Code = request.Code, Name = request.Name, Address = request.Address,
                TimeZone = request.TimeZone, DayCutoff = request.DayCutoff,
            };
            db.Stores.Add(row);
            db.Publish(row.ToEvent(settings));
            return row;
        }, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Created($"/api/stores/{row.Id}", StoreDto.Of(row));
        });
    }
}
