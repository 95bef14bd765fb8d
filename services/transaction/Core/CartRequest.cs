using WebWaka.CellKit;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Core;

/// <summary>One line as asked for: a product by exactly one of id, SKU and barcode, or a custom line with a name and a price.</summary>
/// <param name="Quantity">Decimal text, more than zero, at most five decimals.</param>
/// <param name="UnitPrice">Minor units with at most four decimals: overrides the listed price (a permission), or prices a custom line.</param>
public sealed record LineRequest(
    decimal Quantity, Guid? ProductId = null, string? Sku = null, string? Barcode = null, string? Name = null, decimal? UnitPrice = null,
    string? TaxClass = null, DiscountRequest? Discount = null)
{
    internal ProductKey? Key => ProductId is null && Sku is null && Barcode is null ? null : new ProductKey(ProductId, Sku, Barcode);
}

/// <summary>A discount by hand: either an amount in minor units or a percentage, with its reason.</summary>
public sealed record DiscountRequest(string Reason, long? Amount = null, decimal? Percent = null);

/// <summary>A fee that is chosen: delivery, a tip, a bag.</summary>
/// <param name="Code">Of the tax rules' fees.</param>
/// <param name="Amount">Minor units: for fees whose amount is open (a tip), and only for these.</param>
public sealed record FeeRequest(string Code, long? Amount = null)
{
    internal static string RuleOf(string code) => $"fees/{code}";
}

/// <summary>What a quote and a sale ask for alike.</summary>
/// <param name="Tenders">Methods the customer means to pay with, each once; empty: not known yet.</param>
internal sealed record CartRequest(
    Guid StoreId, Guid? TillId, LineRequest[] Lines, string[]? Coupons, DiscountRequest? Discount, Guid? CustomerId, FeeRequest[]? Fees, string[] Tenders);

/// <summary>What can be wrong with a cart before anything is looked up.</summary>
internal static class CartChecks
{
    private const int MaxFees = 20;
    public const int MaxLines = 500;
    public const int MaxCoupons = 20;
    private const decimal MaxQuantity = 1_000_000;

    public static Problem? Check(LineRequest[] lines, string[]? coupons, DiscountRequest? discount, FeeRequest[]? fees, string? note)
    {
        if (fees is { Length: > MaxFees } || fees?.Any(fee => fee is null || !IsText(fee.Code, 100)) == true)
            return Invalid($"fees: at most {MaxFees}, each with a code of 1 to 100 characters");
        if (lines.Length is 0 or > MaxLines)
            return Invalid($"lines: 1 to {MaxLines} are needed");
        for (var i = 0; i < lines.Length; i++)
        {
            if (Check(lines[i]) is { } wrong)
                return Invalid($"lines[{i}].{wrong}");
            if (CardNumbers.In(lines[i].Name) || CardNumbers.In(lines[i].Discount?.Reason))
                return CommonProblems.CardNumberRefused.With($"lines[{i}]");
        }

        if (coupons is { Length: > MaxCoupons } || coupons?.Any(code => !IsText(code, 40)) == true)
            return Invalid($"coupons: at most {MaxCoupons} codes of at most 40 characters");
        if (discount is not null && Check(discount) is { } byHand)
            return Invalid($"discount.{byHand}");
        if (CardNumbers.In(discount?.Reason) || CardNumbers.In(note))
            return CommonProblems.CardNumberRefused;
        return note is not null && !IsText(note, 500) ? Invalid("note: at most 500 characters, no control characters") : null;
    }

    private static string? Check(LineRequest? line)
    {
        if (line is null)
            return "productId: the line is null";
        var names = (line.ProductId is null ? 0 : 1) + (line.Sku is null ? 0 : 1) + (line.Barcode is null ? 0 : 1);
        if (names > 1 || names == 0 && (line.Name is null || line.UnitPrice is null))
            return "productId: name a product by one of productId, sku and barcode, or give name and unitPrice";
        if (line.Quantity is <= 0 or > MaxQuantity || decimal.Round(line.Quantity, 5, MidpointRounding.ToZero) != line.Quantity)
            return "quantity: more than zero, at most 1000000, at most five decimals";
        if (line.UnitPrice is { } price && (price < 0 || price > 1_000_000_000_000 || decimal.Round(price, 4, MidpointRounding.ToZero) != price))
            return "unitPrice: minor units, zero or more, at most four decimals";
        if (!IsText(line.Sku ?? "x", 100) || !IsText(line.Barcode ?? "x", 100) || !IsText(line.Name ?? "x", 200) || !IsText(line.TaxClass ?? "x", 50))
            return "sku, barcode, name and taxClass: 1 to 100, 100, 200 and 50 characters, none of them control characters";
        return line.Discount is null ? null : Check(line.Discount) is { } wrong ? $"discount.{wrong}" : null;
    }

    private static string? Check(DiscountRequest discount)
    {
        if (discount.Amount is null == discount.Percent is null)
            return "amount: give either amount or percent";
        if (discount.Amount is <= 0 || discount.Percent is <= 0 or > 100)
            return "amount: more than zero; a percentage at most 100";
        return IsText(discount.Reason, 200) ? null : "reason: 1 to 200 characters";
    }

    public static Problem? CheckPoints(long? points, Guid? customer) =>
        points is < 0 or > Pricing.Limits.MaxPoints ? Invalid("burnPoints: zero or more")
        : points > 0 && customer is null ? Problems.CustomerRequired
        : null;

    public static Problem? Check(LeaseUse[]? leases) =>
        leases is { Length: > MaxCoupons } || leases?.Any(lease => lease is null || lease.Coupon is null == lease.Promotion is null) == true
            ? Invalid($"leases: at most {MaxCoupons}, each for either a coupon or a promotion")
            : null;

    /// <summary>1 to <paramref name="longest"/> characters without control characters, which would also garble receipts.</summary>
    public static bool IsText(string? text, int longest) => text is { Length: > 0 } && text.Length <= longest && !text.Any(char.IsControl);

    private static Problem Invalid(string detail) => CommonProblems.InvalidRequest.With(detail);
}
