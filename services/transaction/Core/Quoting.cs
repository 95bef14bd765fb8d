using WebWaka.CellKit;
using WebWaka.Pricing;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Core;

/// <summary>A cart with its price; the lines as asked and the products behind them (null for custom lines), by line number less one.</summary>
/// <param name="Local">The tax point, on the store's own clock.</param>
/// <param name="Zones">Tax zones of the store; null where it is in none.</param>
internal sealed record Priced(PricedCart Cart, CartLine[] Asked, ProductRow?[] Products, DateTimeOffset Local, string[]? Zones, long BookVersion)
{
    /// <summary>Of this Cell's copies, and of the tax rules among them.</summary>
    public string RulesVersion => Cart.Versions.Taxes.Length > 0 ? $"{BookVersion}/{Cart.Versions.Taxes}" : $"{BookVersion}";

    public string NameOf(PricedLine line) => Asked[line.Line - 1].Name;

    public ProductRow? ProductOf(PricedLine line) => Products[line.Line - 1];
}

/// <summary>What a cart costs, decided from a book alone: no database, no clock.</summary>
internal static class Quoting
{
    public static Outcome<Priced> Price(
        Book book, Caller caller, CartRequest asked, Facts facts, DateTimeOffset now)
    {
        if (!book.Stores.TryGetValue(asked.StoreId, out var store) || store.Archived)
            return Problems.StoreUnknown;
        if (asked.TillId is { } id && (!book.Tills.TryGetValue(id, out var till) || till.Archived || till.StoreId != asked.StoreId))
            return Problems.TillUnknown;
        var lines = asked.Lines;
        var products = new ProductRow?[lines.Length];
        var cartLines = new CartLine[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Key is { } key && (products[i] = book.Products.GetValueOrDefault(key.Text)) is null)
                return Problems.ProductUnknown.With($"lines[{i}]");
            if (MissingPermission(lines[i], caller) is { } permission)
                return CommonProblems.Forbidden.With($"lines[{i}]: {permission}");
            cartLines[i] = LineOf(i + 1, lines[i], products[i]);
        }

        if (asked.Discount is not null && !caller.May(Permissions.DiscountByHand))
            return CommonProblems.Forbidden.With(Permissions.DiscountByHand);
        var known = CouponsOf(book, asked.Coupons, facts, now);
        if (known.Problem is { } unknown)
            return unknown;
        var local = BusinessDay.Local(now, store.TimeZone);
        var cart = new Cart
        {
            Currency = book.Settings.Currency,
            At = local,
            StoreId = asked.StoreId,
            TillId = asked.TillId,
            CustomerId = asked.CustomerId,
            CustomerGroups = facts.Groups,
            Lines = cartLines,
            OrderDiscount = ByHand(asked.Discount),
            Coupons = known.Value!,
            Fees = asked.Fees is null ? [] : Array.ConvertAll(asked.Fees, fee => new CartFee(fee.Code, fee.Amount)),
            Tenders = asked.Tenders,
            TaxExemption = asked.CustomerId is { } customer ? book.Rules.ExemptionOf(customer, local.DateTime) : null,
            ExhaustedPromotions = [.. facts.Exhausted],
            Usage = facts.Usage,
            IsFirstPurchase = asked.CustomerId is not null && facts.FirstPurchase,
            BurnPoints = facts.Points,
        };
        var outcome = Pricer.Price(cart, book.Rules, skipped: true);
        return outcome.Failure is { } failure
            ? Problems.CannotBePriced.With(failure.Line is { } line ? $"lines[{line - 1}]: {failure.Detail}" : failure.Detail).With("reason", failure.Code)
            : new Priced(outcome.Must(), cartLines, products, local, book.Rules.ZonesOf(asked.StoreId), book.Version);
    }

    private static string? MissingPermission(LineRequest line, Caller caller) =>
        line.UnitPrice is not null && !caller.May(Permissions.OverridePrice) ? Permissions.OverridePrice
        : line.Discount is not null && !caller.May(Permissions.DiscountByHand) ? Permissions.DiscountByHand
        : null;

    private static CartLine LineOf(int number, LineRequest line, ProductRow? product) => new()
    {
        Line = number,
        ProductId = product?.Id,
        Sku = product?.Sku ?? "",
        Name = product?.Name ?? line.Name!,
        Quantity = line.Quantity,
        UnitPrice = line.UnitPrice ?? product!.Price,
        TaxClass = product?.TaxClass ?? line.TaxClass,
        Categories = product?.Category is { } category ? [category] : [],
        Brand = product?.Brand,
        Tags = product?.Tags ?? [],
        Discount = ByHand(line.Discount),
    };

    private static ManualDiscount? ByHand(DiscountRequest? discount) =>
        discount is null ? null : new ManualDiscount { Amount = discount.Amount, Percent = discount.Percent, Reason = discount.Reason };

    private static Outcome<CartCoupon[]> CouponsOf(Book book, string[]? codes, Facts facts, DateTimeOffset now)
    {
        if (codes is not { Length: > 0 })
            return Array.Empty<CartCoupon>();
        var coupons = new List<CartCoupon>(codes.Length);
        foreach (var code in codes.Select(Normalize).Distinct(StringComparer.Ordinal))
        {
            var row = book.Coupons.GetValueOrDefault(code);
            if (row is null || row.ValidFrom > now || row.ValidTo <= now)
                return Problems.CouponUnknown.With(code);
            coupons.Add(new CartCoupon(code, row.PromotionId, facts.CouponUses.GetValueOrDefault(code)));
        }

        return coupons.ToArray();
    }

    /// <summary>Codes are compared in upper case, without the spaces that people type around them.</summary>
    public static string Normalize(string code) => code.Trim().ToUpperInvariant();
}
