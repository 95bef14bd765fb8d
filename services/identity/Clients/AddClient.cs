using System.Buffers.Text;
using System.Security.Cryptography;
using OpenIddict.Abstractions;
using WebWaka.CellKit;

namespace WebWaka.Identity.Clients;

/// <summary>Lets a program in, with some of its maker's own permissions. The secret is answered this once: only its hash is kept.</summary>
internal static class AddClient
{
    public sealed record Request(string Name, string[] Permissions)
    {
        public Problem? Check() => Rules.First(Rules.Text("name", Name, 100), Rules.Permissions("permissions", Permissions));
    }

    public sealed record Answer(Guid Id, string ClientId, string ClientSecret, string Name, string[] Permissions);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/clients", Handle)
        .RequirePermission(Permissions.EditStaff).WithName(nameof(AddClient)).Produces<Answer>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(
        Request request, HttpContext http, Caller caller, IdentityDb db, IOpenIddictApplicationManager applications, CancellationToken ct)
    {
        if (request.Check() is { } fault)
            return fault.ToHttp();
        if (!request.Permissions.All(caller.May))
            return Problems.MoreThanYours.ToHttp();
        var id = db.NewId();
        var clientId = $"wk_{id:N}";
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var outcome = await db.InTenant<Answer>(caller.TenantId, async () =>
        {
            if (await db.TakeTurn(ct) is null)
                return CommonProblems.NotFound;
            db.ApiClients.Add(new ApiClientRow { Id = id, ClientId = clientId, Name = request.Name, Permissions = request.Permissions, CreatedAt = db.Now });
            // Committed apart and first. Without the row above it opens nothing, so a crash in between leaves no way in.
            await applications.CreateAsync(new OpenIddictApplicationDescriptor
            {
                ClientId = clientId, ClientSecret = secret, DisplayName = request.Name, ClientType = OpenIddictConstants.ClientTypes.Confidential,
                Permissions = { OpenIddictConstants.Permissions.Endpoints.Token, OpenIddictConstants.Permissions.GrantTypes.ClientCredentials },
            }, ct);
            return new Answer(id, clientId, secret, request.Name, request.Permissions);
        }, ct);
        http.Response.Headers.CacheControl = "no-store";
        return outcome.ToHttp(answer => TypedResults.Created($"/api/clients/{answer.Id}", answer));
    }
}
