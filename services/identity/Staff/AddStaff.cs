using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Identity.Tokens;

namespace WebWaka.Identity.Staff;

/// <summary>Somebody new. Nobody gives a role that may do more than they themselves may.</summary>
internal static class AddStaff
{
    public sealed record Request(string Name, string Email, string Password, string Role, Guid[]? Stores = null, Guid? Id = null)
    {
        public Problem? Check() => Rules.First(
            Rules.Text("name", Name, 100), Rules.Email("email", Email), Rules.Password("password", Password), Rules.Text("role", Role, 40),
            Stores?.Length > 200 ? "stores: at most 200" : null);

        public bool IsThat(StaffRow row) =>
            (row.Name, row.Email, row.Role) == (Name, Email, Role) && row.Stores.AsSpan().SequenceEqual(Stores ?? []);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/staff", Handle)
        .RequirePermission(Permissions.EditStaff).WithName(nameof(AddStaff)).Produces<StaffDto>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(
        Request request, HttpContext http, Caller caller, IdentityDb db, Passwords passwords, CancellationToken ct)
    {
        if (request.Check() is { } fault)
            return fault.ToHttp();
        var hash = await passwords.InTurn(() => Task.FromResult(passwords.Hash(request.Password)), ct);
        var outcome = await db.InTenant<StaffRow>(caller.TenantId, async () =>
        {
            if (await db.TakeTurn(ct) is null)
                return CommonProblems.NotFound;
            if (await Refuse(db, caller, request.Role, request.Stores ?? [], ct) is { } refused)
                return refused;
            if (await db.Staff.SingleOrDefaultAsync(s => s.Id == request.Id, ct) is { } known)
                return request.IsThat(known) && passwords.Matches(known.PasswordHash, request.Password) ? known : CommonProblems.AlreadyExists;
            var key = StaffRow.KeyOf(request.Email);
            if (await db.Staff.AnyAsync(s => s.EmailKey == key, ct))
                return Problems.EmailTaken;
            var row = new StaffRow
            {
                Id = request.Id ?? db.NewId(), Name = request.Name, Email = request.Email, EmailKey = key, PasswordHash = hash,
                Role = request.Role, Stores = request.Stores ?? [],
            };
            db.Staff.Add(row);
            return row;
        }, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Created($"/api/staff/{row.Id}", StaffDto.Of(row));
        });
    }

    /// <summary>Why this caller cannot give somebody this role in these stores, or null.</summary>
    public static async Task<Problem?> Refuse(IdentityDb db, Caller caller, string role, Guid[] stores, CancellationToken ct)
    {
        if (await Grants.Find(db, role, ct) is not { } can)
            return Problems.RoleUnknown;
        if (!can.All(caller.May))
            return Problems.MoreThanYours;
        var known = await db.Stores.CountAsync(s => stores.Contains(s.Id), ct);
        return known == stores.Distinct().Count() ? null : CommonProblems.NotFound.With("stores");
    }
}
