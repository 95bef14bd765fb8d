using WebWaka.CellKit;
using WebWaka.Pricing;
using WebWaka.Transaction.Claims;
using WebWaka.Transaction.Copies;
using WebWaka.Transaction.Core;

namespace WebWaka.Transaction.Quotes;

/// <summary>Prices a cart and says why it costs what it does. Changes nothing.</summary>
internal static class CreateQuote
{
    public sealed record Request(
        Guid StoreId, LineRequest[] Lines, Guid? TillId = null, string[]? Coupons = null, DiscountRequest? Discount = null, Guid? CustomerId = null,
        long? BurnPoints = null);

    /// <summary>Amounts are minor units of <c>Currency</c>; the words are those of docs/pricing.md.</summary>
    public sealed record Answer(
        string Currency, bool PricesIncludeTax, Line[] Lines, long Gross, long Net, long Discount,
        long Tax, Fee[] Fees, long Total, Tax[] Taxes, Given[] Applied, NotGiven[] NotApplied, Points? Loyalty = null)
    {
        internal static Answer Of(Priced priced)
        {
            var cart = priced.Cart;
            return new Answer(
                cart.Currency, cart.Lines.All(line => line.PricesIncludeTax), Array.ConvertAll(cart.Lines, line => Line.Of(line, priced)),
                cart.Gross, cart.Net, cart.Discount, cart.Tax,
                Array.ConvertAll(cart.Fees, fee => new Fee(fee.Code, fee.Name, fee.Net, Array.ConvertAll(fee.Taxes, CreateQuote.Tax.Of), fee.Total)),
                cart.Total,
                Array.ConvertAll(cart.Taxes, CreateQuote.Tax.Of),
                Array.ConvertAll(cart.Applied, a => new Given(a.PromotionId, a.Name, a.CouponCode, a.Count, a.Amount)),
                Array.ConvertAll(cart.NotApplied, n => new NotGiven(n.PromotionId, n.CouponCode, n.Reason)),
                cart.Loyalty is { } points ? new Points(points.Earned, points.Burned, points.Value, points.NotBurned) : null);
        }
    }

    public sealed record Line(
        int Number, Guid? ProductId, string? Sku, string Name, decimal Quantity,
        decimal UnitPrice, long Gross, Discounted[] Discounts, long Net, Tax[] Taxes, long Total)
    {
        internal static Line Of(PricedLine line, Priced priced) => new(
            line.Line, line.ProductId, priced.ProductOf(line)?.Sku, priced.NameOf(line), line.Quantity, line.UnitPrice, line.Gross,
            Array.ConvertAll(line.Discounts, d => new Discounted(d.PromotionId, d.Name, d.Amount, d.Base, d.CouponCode)), line.Net,
            Array.ConvertAll(line.Taxes, CreateQuote.Tax.Of), line.Total);
    }

    public sealed record Discounted(Guid? Promotion, string Name, long Amount, long Base, string? Coupon);

    public sealed record Tax(string Code, decimal Rate, long Base, long Amount, bool Included, TaxTreatment Treatment)
    {
        internal static Tax Of(LineTax tax) => new(tax.Code, tax.Rate, tax.Base, tax.Amount, tax.Included, tax.Treatment);
    }

    public sealed record Fee(string Code, string Name, long Net, Tax[] Taxes, long Total);

    public sealed record Given(Guid Promotion, string Name, string? Coupon, int Count, long Amount);

    public sealed record NotGiven(Guid? Promotion, string? Coupon, string Reason);

    /// <param name="Earned">Points that the sale will earn.</param>
    /// <param name="Burned">Points that it would spend, at most those the customer has.</param>
    /// <param name="Value">Minor units that they take off.</param>
    public sealed record Points(long Earned, long Burned, long Value, string? NotBurned);

    public static void Map(RouteGroupBuilder quotes) =>
        quotes.MapPost("/", Handle).WithName(nameof(CreateQuote))
            .WithExample("""
                {"storeId": "01936f00-0000-7000-8000-000000000002", "lines": [{"sku": "P0148", "quantity": "2"}], "coupons": ["WELCOME10"],
                  "customerId": "01936f00-0000-7000-8000-000000000003", "burnPoints": 150}
                """).RequirePermission(Permissions.Sell).Produces<Answer>();

    private static async Task<IResult> Handle(Request request, Caller caller, TransactionDb db, Books books, CancellationToken ct)
    {
        if ((CartChecks.Check(request.Lines, request.Coupons, request.Discount, note: null)
            ?? CartChecks.CheckPoints(request.BurnPoints, request.CustomerId)) is { } invalid)
            return invalid.ToHttp();
        if (await books.Get(db, caller.TenantId, fresh: true, ct) is not { } book)
            return Problems.TenantNotReady.ToHttp();
        var (codes, now) = (CodesOf(request.Coupons), db.Now);
        await Books.Meet(db, caller.TenantId, book, KeysOf(request.Lines), codes, ct);
        var priced = await ReadFacts.Price(
            db, caller.TenantId, book, new Wanted(request.StoreId, request.CustomerId, codes, request.BurnPoints ?? 0), [], facts => Quoting.Price(
                book, caller, request.StoreId, request.TillId, request.Lines, request.Coupons, request.Discount, request.CustomerId, facts, now), ct);
        return priced.ToHttp(quote => TypedResults.Ok(Answer.Of(quote)));
    }

    internal static List<ProductKey> KeysOf(LineRequest[] lines)
    {
        var keys = new List<ProductKey>(lines.Length);
        foreach (var line in lines)
        {
            if (line.Key is { } key)
                keys.Add(key);
        }

        return keys;
    }

    internal static string[] CodesOf(string[]? coupons) => coupons is null ? [] : Array.ConvertAll(coupons, Quoting.Normalize);
}
