using System.Globalization;
using System.Text.Json;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Pricing;
using WebWaka.Promotions.Copies;

namespace WebWaka.Promotions.Simulations;

/// <summary>What is kept of a sale: enough to put its cart before another promotion.</summary>
internal sealed record PastSale(Guid StoreId, Guid TillId, Guid? CustomerId, string Currency, bool PricesIncludeTax, string[] Tenders, PastLine[] Lines)
{
    public static string Write(SaleCompleted sale) => JsonSerializer.Serialize(
        new PastSale(
            sale.StoreId, sale.TillId, sale.CustomerId, sale.Currency, sale.PricesIncludeTax,
            [.. sale.Tenders.Select(tender => tender.Method).Distinct(StringComparer.Ordinal)],
            Array.ConvertAll(sale.Lines, line =>
                new PastLine(line.Line, line.ProductId, line.Quantity, line.UnitPrice, line.Discounts.Sum(discount => discount.Amount)))),
        Json.Options);

    public static PastSale Read(string document) => JsonSerializer.Deserialize<PastSale>(document, Json.Tolerant)!;

    /// <param name="local">When it was, by the store's clock.</param>
    /// <param name="groups">The customer's groups as they are now: what they were then is not kept.</param>
    /// <param name="asSold">What was taken off then is taken off first.</param>
    public Cart ToCart(
        DateTimeOffset local, IReadOnlyDictionary<Guid, ProductRow> products, string[] groups, PromotionUsage usage, bool first, bool asSold) => new()
    {
        Currency = Currency, At = local, StoreId = StoreId, TillId = TillId, CustomerId = CustomerId, CustomerGroups = groups,
        Tenders = Tenders, IsFirstPurchase = first, Usage = [usage], Lines = Array.ConvertAll(Lines, line => LineOf(line, products, asSold)),
    };

    private static CartLine LineOf(PastLine line, IReadOnlyDictionary<Guid, ProductRow> products, bool asSold)
    {
        var product = line.ProductId is { } id ? products.GetValueOrDefault(id) : null;
        var quantity = decimal.Parse(line.Quantity, CultureInfo.InvariantCulture);
        return new CartLine
        {
            Line = line.Line, ProductId = line.ProductId, Name = product?.Name ?? "", Quantity = quantity, IsReturn = quantity < 0,
            UnitPrice = decimal.Parse(line.UnitPrice, CultureInfo.InvariantCulture), Categories = product?.Category is { } category ? [category] : [],
            Brand = product?.Brand, Tags = product?.Tags ?? [],
            Discount = asSold && line.Discount > 0 ? new ManualDiscount { Amount = line.Discount, Reason = "as sold" } : null,
        };
    }
}

/// <param name="Discount">Minor units that were taken off in all.</param>
internal sealed record PastLine(int Line, Guid? ProductId, string Quantity, string UnitPrice, long Discount);
