using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Staff;

/// <summary>A role of the tenant's own: a set of permissions, none that its maker does not have.</summary>
internal static partial class AddRole
{
    public const int Most = 50;

    public sealed record Request(string Code, string Name, string[] Permissions)
    {
        public Problem? Check() => Rules.First(
            Form().IsMatch(Code) ? null : "code: 2 to 40 of a-z, 0-9 and hyphens, beginning with a letter",
            Rules.Text("name", Name, 100), Rules.Permissions("permissions", Permissions));
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/roles", Handle)
        .RequirePermission(Permissions.EditStaff).WithName(nameof(AddRole)).Produces<RoleDto>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(Request request, Caller caller, IdentityDb db, CancellationToken ct)
    {
        if (request.Check() is { } fault)
            return fault.ToHttp();
        if (!request.Permissions.All(caller.May))
            return Problems.MoreThanYours.ToHttp();
        if (Roles.BuiltIn.ContainsKey(request.Code))
            return Problems.CodeTaken.ToHttp();
        var outcome = await db.InTenant<RoleRow>(caller.TenantId, async () =>
        {
            if (await db.TakeTurn(ct) is null)
                return CommonProblems.NotFound;
            if (await db.Roles.SingleOrDefaultAsync(r => r.Code == request.Code, ct) is { } known)
                return known.Name == request.Name && known.Permissions.AsSpan().SequenceEqual(request.Permissions) ? known : Problems.CodeTaken;
            if (await db.Roles.CountAsync(ct) >= Most)
                return CommonProblems.InvalidRequest.With($"at most {Most} roles of your own");
            var row = new RoleRow { Code = request.Code, Name = request.Name, Permissions = request.Permissions };
            db.Roles.Add(row);
            return row;
        }, ct);
        return outcome.ToHttp(row => TypedResults.Created("/api/roles", new RoleDto(row.Code, row.Name, BuiltIn: false, row.Permissions)));
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,39}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();
}
