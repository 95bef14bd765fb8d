using WebWaka.CellKit;
using WebWaka.Contracts.Inventory;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Consumers;

internal sealed class OnProductChanged(TransactionDb db, Books books) : IConsume<ProductChanged>
{
    public Task Consume(Deliveries<ProductChanged> batch, CancellationToken ct) =>
        db.Copies(books, nameof(OnProductChanged), batch, async delivery =>
        {
            var e = delivery.Event;
            var row = await db.Products.FindAsync([delivery.TenantId, e.ProductId], ct);
            if (row is null)
                db.Add(row = new ProductRow { TenantId = delivery.TenantId, Id = e.ProductId, Sku = e.Sku, Name = e.Name, TaxClass = e.TaxClass });
            else if (row.Version >= e.Version)
                return false;
            if (!Decimals.TryParse(e.Price, out var price))
                throw new FormatException($"ProductChanged {e.ProductId}: the price {e.Price} is not a decimal.");
            (row.Version, row.Sku, row.Name, row.Price, row.TaxClass) = (e.Version, e.Sku, e.Name, price, e.TaxClass);
            (row.Category, row.Brand, row.Tags, row.Barcodes, row.Stocked, row.Archived) =
                (e.Category, e.Brand, e.Tags, e.Barcodes, e.Stocked, e.Archived);
            return true;
        }, ct);
}
