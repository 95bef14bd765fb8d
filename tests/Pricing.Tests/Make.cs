using System.Globalization;
using System.Text.Json;

namespace WebWaka.Pricing.Tests;

/// <summary>Short ways to write carts and rules.</summary>
internal static class Make
{
    public static readonly Guid Store = Id(900);

    public static Guid Id(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static CartLine Line(int line, decimal price, decimal quantity = 1, int product = 0, string? taxClass = null) => new()
    {
        Line = line,
        UnitPrice = price,
        Quantity = quantity,
        ProductId = Id(product == 0 ? line : product),
        TaxClass = taxClass,
        IsReturn = price < 0 ? quantity > 0 : quantity < 0,
    };

    public static Cart Cart(params CartLine[] lines) => new()
    {
        Currency = "NGN",
        At = new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.FromHours(1)),
        StoreId = Store,
        Lines = lines,
    };

    public static RuleBook Rules(params Promotion[] promotions) => new() { Promotions = promotions };

    public static TaxComponent Vat(decimal rate, string code = "VAT") => new() { Code = code, Rate = rate };

    public static TaxClass Class(string code, params TaxComponent[] components) => new(code, code, components);

    public static RuleBook WithVat(this RuleBook rules, decimal rate, bool included = false) => rules with
    {
        PricesIncludeTax = included,
        DefaultTaxClass = "standard",
        TaxClasses = [Class("standard", Vat(rate))],
    };

    /// <summary>By a copy of the rules: what one test made of a book is not another's.</summary>
    public static PricedCart Price(this Cart cart, RuleBook rules)
    {
        var priced = Pricer.Price(cart, rules with { }).Must();
        Twin.Record(new { Do = "price", cart, rules, answer = priced });
        return priced;
    }

    public static Settlement Settle(long total, string currency, CashRounding? rounding, params Tender[] tenders)
    {
        var settled = Tenders.Settle(total, currency, rounding, tenders).Must();
        Twin.Record(new { Do = "settle", total, currency, rounding, tenders, answer = settled });
        return settled;
    }

    public static PricedRefund Refund(PricedCart sale, IReadOnlyList<RefundedLine> refunded, params RefundRequest[] requested)
    {
        var refund = Refunds.Price(sale, refunded, requested).Must();
        Twin.Record(new { Do = "refund", sale, refunded, requested, answer = refund });
        return refund;
    }

    public static long[] Split(long total, long[] weights)
    {
        var parts = Allocation.Split(total, weights);
        Twin.Record(new { Do = "split", total, weights, answer = parts });
        return parts;
    }

    public static long Outstanding(long total, long paid, long givenBack, bool off)
    {
        var left = Tenders.Outstanding(total, paid, givenBack, off);
        Twin.Record(new { Do = "outstanding", total, paid, givenBack, off, answer = left });
        return left;
    }

    public static PointsBack PointsBack(long earned, long burned, long gross, long refunded, bool whole)
    {
        var back = LoyaltyRefunds.SoFar(earned, burned, gross, refunded, whole);
        Twin.Record(new { Do = "pointsBack", earned, burned, gross, refunded, whole, answer = back });
        return back;
    }

    public static string Refused(this Cart cart, RuleBook rules) => Pricer.Price(cart, rules with { }).Failure?.Code ?? "priced";

    /// <summary>A decimal string of major units as minor units.</summary>
    public static long Minor(this JsonElement amount, int exponent = 2) => amount.GetString()!.Minor(exponent);

    public static long Minor(this string amount, int exponent = 2)
    {
        var minor = amount.MinorExact(exponent);
        return minor == decimal.Truncate(minor) ? (long)minor : throw new FormatException($"{amount} has more decimals than {exponent}.");
    }

    public static decimal MinorExact(this string amount, int exponent = 2) =>
        decimal.Parse(amount, CultureInfo.InvariantCulture) * (decimal)Math.Pow(10, exponent);

    public static decimal Number(this JsonElement element, string member) =>
        decimal.Parse(element.GetProperty(member).GetString()!, CultureInfo.InvariantCulture);

    public static string? Text(this JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) ? value.GetString() : null;
}
