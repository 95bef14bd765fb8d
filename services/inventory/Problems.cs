using WebWaka.CellKit;

namespace WebWaka.Inventory;

/// <summary>Every problem that this Cell answers beside the common ones.</summary>
internal static class Problems
{
    public static readonly Problem SkuTaken = new("sku_taken", StatusCodes.Status409Conflict, "Another product has this SKU");
    public static readonly Problem BarcodeTaken = new("barcode_taken", StatusCodes.Status409Conflict, "Another product has this barcode");
    public static readonly Problem RowsInvalid = new("rows_invalid", StatusCodes.Status400BadRequest, "Some rows are not valid, so none was saved");
    public static readonly Problem RowsConflict = new(
        "rows_conflict", StatusCodes.Status409Conflict, "Some rows conflict with what is stored, so none was saved");
    public static readonly Problem TaxClassUnknown = new(
        "tax_class_unknown", StatusCodes.Status400BadRequest, "The tax rules in force have no such class");
    public static readonly Problem ProductUnknown = new("product_unknown", StatusCodes.Status404NotFound, "There is no such product");
    public static readonly Problem StoreUnknown = new("store_unknown", StatusCodes.Status404NotFound, "There is no such store");
    public static readonly Problem ProductNotStocked = new("product_not_stocked", StatusCodes.Status409Conflict, "No stock is kept of this product");
    public static readonly Problem StockMoved = new("stock_moved", StatusCodes.Status409Conflict, "Stock has moved since you read it");
}
