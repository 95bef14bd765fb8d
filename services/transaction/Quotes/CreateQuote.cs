using WebWaka.CellKit;
using WebWaka.Transaction.Claims;
using WebWaka.Transaction.Copies;
using WebWaka.Transaction.Core;

namespace WebWaka.Transaction.Quotes;

/// <summary>Prices a cart and says why it costs what it does. Changes nothing.</summary>
internal static partial class CreateQuote
{
    /// <param name="CustomerId">Whose certificate takes taxes off, and whom promotions may be for.</param>
    /// <param name="Fees">Chosen fees: delivery, a tip, a bag.</param>
    /// <param name="Tenders">How the customer means to pay: promotions may ask for it, and cash is rounded.</param>
    /// <param name="BurnPoints">Loyalty points that the customer wants to spend, at most.</param>
    public sealed record Request(
        Guid StoreId, LineRequest[] Lines, Guid? TillId = null, string[]? Coupons = null, DiscountRequest? Discount = null, Guid? CustomerId = null,
        FeeRequest[]? Fees = null, MeantTender[]? Tenders = null, long? BurnPoints = null)
    {
        internal CartRequest Cart() => new(
            StoreId, TillId, Lines, Coupons, Discount, CustomerId, Fees,
            Tenders is null ? [] : [.. Tenders.Select(tender => tender.Method).Distinct(StringComparer.Ordinal)]);
    }

    public static void Map(RouteGroupBuilder quotes) =>
        quotes.MapPost("/", Handle).WithName(nameof(CreateQuote)).RequirePermission(Permissions.Sell).Produces<Answer>()
            .WithExample(QuoteExample.Value);

    private static async Task<IResult> Handle(Request request, Caller caller, TransactionDb db, Books books, CancellationToken ct)
    {
        if ((CartChecks.Check(request.Lines, request.Coupons, request.Discount, request.Fees, note: null)
            ?? Selling.Check(request.Tenders ?? []) ?? CartChecks.CheckPoints(request.BurnPoints, request.CustomerId)) is { } invalid)
            return invalid.ToHttp();
        if (await books.Get(db, caller.TenantId, fresh: true, ct) is not { } book)
            return Problems.TenantNotReady.ToHttp();
        var (codes, now, asked) = (CodesOf(request.Coupons), db.Now, request.Cart());
        await Books.Meet(db, caller.TenantId, book, KeysOf(request.Lines), codes, ct);
        var quoted = await ReadFacts.Price(
            db, caller.TenantId, book, new Wanted(request.StoreId, request.CustomerId, codes, request.BurnPoints ?? 0), [],
            facts => Quoting.Price(book, caller, asked, facts, now), ct);
        return quoted.ToHttp(priced => TypedResults.Ok(Answer.Of(priced, CashPart.Of(priced.Cart.Total, request.Tenders, book.CashRounding))));
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
