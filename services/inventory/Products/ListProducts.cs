using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Inventory.Products;

/// <summary>The catalogue by name, live products only unless asked for the archived ones.</summary>
internal static class ListProducts
{
    private const int MaxSearch = 100;
    private const int MaxWords = 8;

    /// <param name="Barcode">Exactly this barcode.</param>
    /// <param name="Sku">Exactly this SKU.</param>
    /// <param name="Search">Words or their beginnings, all of which the name, SKU, brand or barcodes must have.</param>
    /// <param name="Archived">The archived ones instead of the live ones.</param>
    public sealed record Query(
        string? Barcode, string? Sku, string? Search, string? Category, bool? Archived, int? Limit, string? Cursor)
    {
        public Problem? Check() =>
            Text.Fault(Search, MaxSearch) is { } search ? CommonProblems.InvalidRequest.With($"search: {search}")
            : Text.Fault(Barcode, 64) is { } barcode ? CommonProblems.InvalidRequest.With($"barcode: {barcode}")
            : Text.Fault(Sku, 64) is { } sku ? CommonProblems.InvalidRequest.With($"sku: {sku}")
            : Text.Fault(Category, 100) is { } category ? CommonProblems.InvalidRequest.With($"category: {category}")
            : null;
    }

    /// <param name="Currency">ISO 4217 of all prices.</param>
    public sealed record Answer(IReadOnlyList<ProductAnswer> Items, string? NextCursor, string? Currency);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/products", Handle).WithName(nameof(ListProducts)).RequirePermission(Permissions.ReadCatalogue).Produces<Answer>(200);

    private static async Task<IResult> Handle([AsParameters] Query query, Caller caller, InventoryDb db, CancellationToken ct)
    {
        if (query.Check() is { } fault)
            return fault.ToHttp();
        var limit = Paging.Limit(query.Limit);
        var cursor = LastOf(query.Cursor);
        var answer = await db.InTenant(caller.TenantId, async () =>
        {
            // The cursor is the last product given: the page goes on after where that now stands.
            var after = cursor is null ? null
                : await db.Products.Where(p => p.Id == cursor).Select(p => new Place(p.Name, p.Id)).SingleOrDefaultAsync(ct) ?? throw NotOurs();
            var search = query.Search is { Length: > 0 } text ? (await SearchWords.Decompose(db, [text], ct))[0] : null;
            var rows = await Filter(db, query, search, after).OrderBy(p => p.Name).ThenBy(p => p.Id).Take(limit + 1).AsNoTracking().ToListAsync(ct);
            var page = Paging.Of(rows, limit, row => row.Id.ToString());
            var currency = await db.Settings.Select(s => s.Currency).SingleOrDefaultAsync(ct);
            return new Answer([.. page.Items.Select(row => row.ToAnswer())], page.NextCursor, currency);
        }, ct);
        return TypedResults.Ok(answer);
    }

    private static IQueryable<ProductRow> Filter(InventoryDb db, Query query, string? search, Place? after)
    {
        var archived = query.Archived ?? false;
        var rows = db.Products.Where(p => p.Archived == archived);
        if (query.Barcode is { Length: > 0 } barcode)
            rows = rows.Where(p => db.Barcodes.Any(b => b.Barcode == barcode && b.ProductId == p.Id));
        if (query.Sku is { Length: > 0 } sku)
            rows = rows.Where(p => p.Sku == sku);
        if (query.Category is { Length: > 0 } category)
            rows = rows.Where(p => p.Category == category);
        if (search is not null)
            rows = Found(db, rows, search);
        if (after is { } last)
            rows = rows.Where(p => EF.Functions.GreaterThan(ValueTuple.Create(p.Name, p.Id), ValueTuple.Create(last.Name, last.Id)));
        return rows;
    }

    private static IQueryable<ProductRow> Found(InventoryDb db, IQueryable<ProductRow> rows, string search)
    {
        var words = SearchWords.Split(search).Distinct(StringComparer.Ordinal).Take(MaxWords).ToList();
        if (words.Count == 0)
            return rows.Where(_ => false);
        foreach (var from in words)
        {
            var to = from + SearchWords.Last;
            rows = rows.Where(p => db.Words.Any(w => string.Compare(w.Word, from) >= 0 && string.Compare(w.Word, to) < 0 && w.ProductId == p.Id));
        }

        return rows;
    }

    private static Guid? LastOf(string? cursor) => Paging.Decode(cursor) switch
    {
        null => null,
        var key => Guid.TryParse(key, out var id) ? id : throw NotOurs(),
    };

    private static ProblemException NotOurs() => new(CommonProblems.InvalidRequest.With("cursor: not one of ours"));

    /// <summary>Where a product stands in the list.</summary>
    private sealed record Place(string Name, Guid Id);
}
