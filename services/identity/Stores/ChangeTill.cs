using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Stores;

/// <summary>Changes a till; its code and its store stay.</summary>
internal static class ChangeTill
{
    public sealed record Request(string Name, bool Archived = false)
    {
        public Problem? Check() => Rules.First(Rules.Text("name", Name, 100));
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/tills/{id:guid}", Handle)
        .RequirePermission(Permissions.EditStores).WithName(nameof(ChangeTill)).Produces<TillDto>();

    private static async Task<IResult> Handle(
        Guid id, Request request, IfMatch ifMatch, HttpContext http, Caller caller, IdentityDb db, CancellationToken ct)
    {
        if (request.Check() is { } fault)
            return fault.ToHttp();
        var outcome = await db.InTenant<TillRow>(caller.TenantId, async () =>
        {
            if (await db.TakeTurn(ct) is null || await db.Tills.SingleOrDefaultAsync(t => t.Id == id, ct) is not { } row)
                return CommonProblems.NotFound;
            if (ifMatch.Raise(row) is { } moved)
                return moved;
            (row.Name, row.Archived) = (request.Name, request.Archived);
            db.Publish(row.ToEvent());
            return row;
        }, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Ok(TillDto.Of(row));
        });
    }
}
