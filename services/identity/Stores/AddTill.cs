using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Stores;

internal static class AddTill
{
    public sealed record Request(Guid StoreId, string Code, string Name, Guid? Id = null)
    {
        public Problem? Check() => Rules.First(Rules.Code("code", Code), Rules.Text("name", Name, 100));

        public bool IsThat(TillRow row) => (row.StoreId, row.Code, row.Name) == (StoreId, Code, Name);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/tills", Handle)
        .RequirePermission(Permissions.EditStores).WithName(nameof(AddTill)).Produces<TillDto>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(Request request, HttpContext http, Caller caller, IdentityDb db, CancellationToken ct)
    {
        if (request.Check() is { } fault)
            return fault.ToHttp();
        var outcome = await db.InTenant<TillRow>(caller.TenantId, async () =>
        {
            if (await db.TakeTurn(ct) is null || !await db.Stores.AnyAsync(s => s.Id == request.StoreId, ct))
                return CommonProblems.NotFound.With("storeId");
            if (await db.Tills.SingleOrDefaultAsync(t => t.Id == request.Id, ct) is { } known)
                return request.IsThat(known) ? known : CommonProblems.AlreadyExists;
            if (await db.Tills.AnyAsync(t => t.Code == request.Code, ct))
                return Problems.CodeTaken;
            var row = new TillRow { Id = request.Id ?? db.NewId(), StoreId = request.StoreId, Code = request.Code, Name = request.Name };
            db.Tills.Add(row);
            db.Publish(row.ToEvent());
            return row;
        }, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Created($"/api/tills/{row.Id}", TillDto.Of(row));
        });
    }
}
