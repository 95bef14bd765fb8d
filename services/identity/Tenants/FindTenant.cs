using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Tenants;

/// <summary>For the gateway, inside the cluster: which tenant a host's first label is. Not routed from outside.</summary>
internal static class FindTenant
{
    public sealed record Answer(Guid Id, string Slug, string Status, long Version);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/internal/tenants/{slug}", Handle)
        .AllowAnonymous().WithName(nameof(FindTenant)).Produces<Answer>();

    private static async Task<IResult> Handle(string slug, DirectoryDb directory, CancellationToken ct) =>
        await directory.Tenants.Where(t => t.Slug == slug).Select(t => new Answer(t.Id, t.Slug, t.Status, t.Version)).SingleOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(found)
            : CommonProblems.NotFound.ToHttp();
}
