using WebWaka.CellKit;

namespace WebWaka.Inventory.Products;

/// <summary>A product as callers write it: whole, so that what is left out is empty. The answer of a GET may be sent back.</summary>
/// <param name="Id">Made by the caller, so that a request sent twice makes one product; else made here.</param>
/// <param name="Version">In a batch: the version that was read, of a product to change; absent for a new one.</param>
/// <param name="Currency">Must be the tenant's own where it is given.</param>
internal sealed record ProductRequest(
    string Sku, string Name, UnitPrice Price, string TaxClass = ProductRequest.UsualTaxClass, Guid? Id = null, long? Version = null,
    string[]? Barcodes = null, string? Category = null, string? Brand = null, string[]? Tags = null, bool Stocked = true,
    bool Archived = false, string? Currency = null)
{
    public const string UsualTaxClass = "standard";
    private const int MaxBarcodes = 20;
    private const int MaxTags = 50;

    /// <summary>What is wrong with it, or null.</summary>
    public string? Fault() =>
        Named("sku", Text.Fault(Sku, 64, required: true))
        ?? Named("name", Text.Fault(Name, 200, required: true))
        ?? Named("price", Price.Fault())
        ?? Named("taxClass", Text.Fault(TaxClass, 40, required: true))
        ?? Named("id", Id == Guid.Empty ? "is empty" : null)
        ?? Named("category", Text.Fault(Category, 100))
        ?? Named("brand", Text.Fault(Brand, 100))
        ?? Each("tags", Tags, MaxTags, tag => Text.Fault(tag, 60, required: true))
        ?? Each("barcodes", Barcodes, MaxBarcodes, BarcodeFault);

    public Problem? Check() => Fault() is { } fault ? CommonProblems.InvalidRequest.With(fault) : null;

    /// <summary>Writes what was asked for over the row, tidied.</summary>
    public void WriteTo(ProductRow row)
    {
        (row.Sku, row.Name, row.Price, row.TaxClass) = (Sku.Trim(), Name.Trim(), Price.Value, TaxClass.Trim());
        (row.Category, row.Brand, row.Stocked, row.Archived) = (Text.Tidy(Category), Text.Tidy(Brand), Stocked, Archived);
        row.Tags = Tidied(Tags);
        row.Barcodes = Tidied(Barcodes);
    }

    public ProductRow ToRow(Guid id)
    {
        var row = new ProductRow { Id = id, Sku = "", Name = "", Price = 0, TaxClass = "" };
        WriteTo(row);
        return row;
    }

    private static string[] Tidied(string[]? texts) => [.. (texts ?? []).Select(text => text.Trim()).Distinct(StringComparer.Ordinal)];

    private static string? BarcodeFault(string? barcode) =>
        Text.Fault(barcode, 64, required: true) ?? (barcode!.Trim().All(c => c is > ' ' and <= '~') ? null : "letters, digits and signs of ASCII only");

    private static string? Named(string member, string? fault) => fault is null ? null : $"{member}: {fault}";

    private static string? Each(string member, string?[]? texts, int max, Func<string?, string?> faultOf)
    {
        if (texts?.Length > max)
            return $"{member}: at most {max}";
        for (var i = 0; i < texts?.Length; i++)
        {
            if (faultOf(texts[i]) is { } fault)
                return $"{member}[{i}]: {fault}";
        }

        return null;
    }
}
