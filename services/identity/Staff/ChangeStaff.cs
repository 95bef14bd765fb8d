using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Identity.Tokens;

namespace WebWaka.Identity.Staff;

/// <summary>
/// Changes what somebody is called and may do. Deactivating them, or giving them a new password, ends their sessions: their
/// access tokens run out within ten minutes, and no refresh token gets another.
/// </summary>
internal static class ChangeStaff
{
    public sealed record Request(string Name, string Role, bool Active, Guid[]? Stores = null, string? Password = null)
    {
        public Problem? Check() => Rules.First(
            Rules.Text("name", Name, 100), Rules.Text("role", Role, 40), Password is null ? null : Rules.Password("password", Password),
            Stores?.Length > 200 ? "stores: at most 200" : null);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/staff/{id:guid}", Handle)
        .RequirePermission(Permissions.EditStaff).WithName(nameof(ChangeStaff)).Produces<StaffDto>();

    private static async Task<IResult> Handle(
        Guid id, Request request, IfMatch ifMatch, HttpContext http, Caller caller, IdentityDb db, Passwords passwords, CancellationToken ct)
    {
        if (request.Check() is { } fault)
            return fault.ToHttp();
        var hash = request.Password is { } password ? await passwords.InTurn(() => Task.FromResult(passwords.Hash(password)), ct) : null;
        var outcome = await db.InTenant<StaffRow>(caller.TenantId, async () =>
        {
            if (await db.TakeTurn(ct) is null || await db.Staff.SingleOrDefaultAsync(s => s.Id == id, ct) is not { } row)
                return CommonProblems.NotFound;
            if (ifMatch.Raise(row) is { } moved)
                return moved;
            if (await AddStaff.Refuse(db, caller, request.Role, request.Stores ?? [], ct) is { } refused)
                return refused;
            // A password set by somebody who may less would be a way into the account of somebody who may more.
            if (!(await Grants.Of(db, row.Role, ct)).All(caller.May))
                return Problems.MoreThanYours;
            if (IsOwner(row.Role, row.Active) && !IsOwner(request.Role, request.Active)
                && !await db.Staff.AnyAsync(s => s.Id != id && s.Active && s.Role == Owner, ct))
                return Problems.LastOwner;
            Apply(row, request, hash);
            return row;
        }, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Ok(StaffDto.Of(row));
        });
    }

    private const string Owner = "owner";

    private static bool IsOwner(string role, bool active) => active && role == Owner;

    private static void Apply(StaffRow row, Request request, string? hash)
    {
        if (!request.Active || hash is not null)
            row.SessionEpoch++;
        if (hash is not null)
            (row.PasswordHash, row.WrongPasswords, row.LockedUntil) = (hash, 0, null);
        (row.Name, row.Role, row.Active, row.Stores) = (request.Name, request.Role, request.Active, request.Stores ?? []);
    }
}
