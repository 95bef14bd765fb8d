using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Inventory.Products;

/// <summary>A row of a batch that was not accepted. <c>Row</c> counts from 0.</summary>
internal sealed record RowFault(int Row, string Code, string? Detail);

/// <summary>
/// Saves products with their barcodes, words and events, for every way in. Changes of one tenant's catalogue take turns: they
/// are few, and what is checked here then still holds at the commit. The unique indexes stand behind it.
/// </summary>
internal sealed class CatalogueChange(InventoryDb db)
{
    private readonly Dictionary<Guid, ProductRow> _stored = [];
    private readonly Dictionary<string, Guid> _skus = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BarcodeRow> _barcodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _decomposed = new(StringComparer.Ordinal);
    private ILookup<Guid, WordRow> _words = Array.Empty<WordRow>().ToLookup(row => row.ProductId);
    private string? _currency;
    private string[]? _taxClasses;

    /// <summary>Takes the turn and loads whatever the requests can meet.</summary>
    public async Task Load(IReadOnlyList<ProductRequest> requests, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"inventory.product " + db.Tenant}, 0))", ct);
        var ids = requests.Select(r => r.Id).OfType<Guid>().ToList();
        var skus = requests.Select(r => r.Sku.Trim()).ToList();
        var barcodes = requests.SelectMany(r => r.Barcodes ?? []).Select(barcode => barcode.Trim()).ToList();
        foreach (var row in await db.Products.Where(p => ids.Contains(p.Id)).ToListAsync(ct))
            _stored[row.Id] = row;
        foreach (var row in await db.Products.Where(p => skus.Contains(p.Sku)).Select(p => new { p.Sku, p.Id }).ToListAsync(ct))
            _skus[row.Sku] = row.Id;
        foreach (var row in await db.Barcodes.Where(b => barcodes.Contains(b.Barcode) || ids.Contains(b.ProductId)).ToListAsync(ct))
            _barcodes[row.Barcode] = row;
        _words = (await db.Words.Where(w => ids.Contains(w.ProductId)).ToListAsync(ct)).ToLookup(row => row.ProductId);
        var texts = requests.Select(r => SearchWords.TextOf(r.ToRow(Guid.Empty))).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var (text, decomposed) in texts.Zip(await SearchWords.Decompose(db, texts, ct)))
            _decomposed[text] = decomposed;
        _currency = await db.Settings.Select(s => s.Currency).SingleOrDefaultAsync(ct);
        _taxClasses = await db.TaxClasses.Select(rules => rules.Codes).SingleOrDefaultAsync(ct);
    }

    /// <summary>ISO 4217 of the tenant's prices, once its settings have been heard of.</summary>
    public string? Currency => _currency;

    /// <summary>A new product, or the same one sent again.</summary>
    public Outcome<ProductRow> Create(ProductRequest request)
    {
        var row = request.ToRow(request.Id ?? db.NewId());
        if (_stored.TryGetValue(row.Id, out var earlier))
            return SameContent(earlier, row) ? earlier : CommonProblems.AlreadyExists.With($"a product with the id {row.Id} and another content");
        if (Refusal(row, request) is { } problem)
            return problem;
        db.Products.Add(row);
        _stored[row.Id] = row;
        Record(row, before: []);
        return row;
    }

    /// <summary>Replaces the product, if it still is at the version that the caller read.</summary>
    public Outcome<ProductRow> Replace(Guid id, IfMatch read, ProductRequest request)
    {
        if (!_stored.TryGetValue(id, out var row))
            return CommonProblems.NotFound;
        if (read.Raise(row) is { } moved)
            return moved;
        var before = row.Archived ? [] : row.Barcodes;
        request.WriteTo(row);
        if (Refusal(row, request) is { } problem)
            return problem;
        Record(row, before);
        return row;
    }

    private static bool SameContent(ProductRow a, ProductRow b) =>
        (a.Sku, a.Name, a.Price, a.TaxClass, a.Category, a.Brand, a.Stocked, a.Archived)
            == (b.Sku, b.Name, b.Price, b.TaxClass, b.Category, b.Brand, b.Stocked, b.Archived)
        && a.Tags.SequenceEqual(b.Tags) && a.Barcodes.SequenceEqual(b.Barcodes);

    private Problem? Refusal(ProductRow row, ProductRequest request)
    {
        if (request.Currency is { } currency && _currency is not null && currency != _currency)
            return CommonProblems.InvalidRequest.With($"currency: prices are in {_currency}");
        // While no rules have been heard of nobody can sell yet, and the first goods of a new shop need not wait for them.
        if (!row.Archived && _taxClasses is { } classes && !classes.Contains(row.TaxClass, StringComparer.Ordinal))
            return Problems.TaxClassUnknown.With($"taxClass: {row.TaxClass} is none of {string.Join(", ", classes)}").With("taxClasses", classes);
        if (_skus.TryGetValue(row.Sku, out var owner) && owner != row.Id)
            return Problems.SkuTaken.With($"the SKU {row.Sku} is another product's").With("productId", owner);
        foreach (var barcode in row.Archived ? [] : row.Barcodes)
        {
            if (_barcodes.TryGetValue(barcode, out var taken) && taken.ProductId != row.Id)
                return Problems.BarcodeTaken.With($"the barcode {barcode} is another product's").With("barcode", barcode).With("productId", taken.ProductId);
        }

        return null;
    }

    private void Record(ProductRow row, string[] before)
    {
        var after = row.Archived ? [] : row.Barcodes;
        _skus[row.Sku] = row.Id;
        foreach (var barcode in before.Except(after, StringComparer.Ordinal))
            db.Barcodes.Remove(_barcodes[barcode]);
        foreach (var barcode in after.Except(before, StringComparer.Ordinal))
            db.Barcodes.Add(_barcodes[barcode] = new BarcodeRow { Barcode = barcode, ProductId = row.Id });
        var words = SearchWords.Split(_decomposed[SearchWords.TextOf(row)]).ToHashSet(StringComparer.Ordinal);
        db.Words.RemoveRange(_words[row.Id].Where(old => !words.Remove(old.Word)).ToList());
        db.Words.AddRange(words.Select(word => new WordRow { Word = word, ProductId = row.Id }));
        db.Publish(row.ToEvent());
    }
}
