using WebWaka.CellKit;

namespace WebWaka.Tax.Rules;

/// <summary>Every country pack with its rules, citations and what is verified. The same for everybody.</summary>
internal static class ListPacks
{
    internal sealed record Answer(Pack[] Items);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/packs", Handle).RequirePermission(Permissions.ReadTax).WithName(nameof(ListPacks)).Produces<Answer>();

    private static IResult Handle(Caller caller, PackShelf packs) => TypedResults.Ok(new Answer([.. packs.All]));
}
