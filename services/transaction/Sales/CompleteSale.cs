using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Transaction.Claims;
using WebWaka.Transaction.Copies;
using WebWaka.Transaction.Core;
using WebWaka.Transaction.Quotes;

namespace WebWaka.Transaction.Sales;

/// <summary>
/// Records a sale. The till makes <c>id</c> and stores it before it sends, so sending again is safe: the same key or the same
/// sale is answered as the first time.
/// </summary>
internal static class CompleteSale
{
    public const string Route = "sales";
    private const int MaxTries = 5;
    private static readonly TimeSpan TicketLife = TimeSpan.FromMinutes(30);

    /// <param name="ExpectedTotal">The total that the customer was told, minor units; another is answered 409 with the new quote.</param>
    /// <param name="BurnPoints">Loyalty points that the customer spends; fewer where fewer pay all that points may pay.</param>
    /// <param name="Leases">The leases of this till that uses were taken from while it was offline.</param>
    public sealed record Request(
        Guid Id, Guid StoreId, Guid TillId, Guid ShiftId, LineRequest[] Lines, TenderRequest[] Tenders, string[]? Coupons = null,
        string? Currency = null, long? ExpectedTotal = null, DiscountRequest? Discount = null, Guid? CustomerId = null, string? Note = null,
        FeeRequest[]? Fees = null, long? BurnPoints = null, LeaseUse[]? Leases = null)
    {
        internal CartRequest Cart() => new(
            StoreId, TillId, Lines, Coupons, Discount, CustomerId, Fees, [.. Tenders.Select(tender => tender.Method).Distinct(StringComparer.Ordinal)]);
    }

    /// <param name="Status"><c>completed</c>, or <c>awaitingPayment</c> until Paystack has confirmed every ticket.</param>
    /// <param name="Number">The receipt number; absent while payment is awaited.</param>
    public sealed record Answer(
        Guid Id, string? Number, string Status, string Currency, long Net, long Discount, long Tax, long Total, long Rounding, long Due,
        long Change, string BusinessDate, DateTimeOffset At, Ticket[]? PaymentTickets = null, SaleLoyalty? Loyalty = null);

    /// <summary>The same for a first and a repeated request: made of what is stored alone.</summary>
    internal static Answer AnswerOf(SaleCompleted d, IReadOnlyList<PaymentTicket> awaiting, PaymentTickets signer)
    {
        var completed = awaiting.Count == 0;
        return new Answer(
            d.SaleId, completed ? d.Number : null, completed ? SaleStates.Completed : SaleStates.AwaitingPayment, d.Currency, d.Net, d.Discount, d.Tax,
            d.Total, d.Rounding, d.Due, d.Change, d.BusinessDate, d.CompletedAt,
            completed ? null : [.. awaiting.Select(t => new Ticket(t.Tender, t.Amount, t.ExpiresAt, signer.Sign(t)))], d.Loyalty);
    }

    /// <summary>Send <c>ticket</c> to <c>POST /api/payments</c> to collect this tender's money.</summary>
    public sealed record Ticket(int Tender, long Amount, DateTimeOffset ExpiresAt, [property: JsonPropertyName("ticket")] string Signed);

    public static void Map(RouteGroupBuilder sales) => sales.MapPost("/", Handle).WithName(nameof(CompleteSale))
        .RequirePermission(Permissions.Sell).Produces<Answer>(StatusCodes.Status201Created).WithExample(SaleExample.Value);

    private static async Task<IResult> Handle(
        Request request, IdempotencyKey key, Caller caller, TransactionDb db, SaleBatches batches, Books books, PaymentTickets tickets, LogScope scope,
        CancellationToken ct)
    {
        scope.Sells(request.Id);
        if ((CartChecks.Check(request.Lines, request.Coupons, request.Discount, request.Fees, request.Note) ?? Selling.Check(request.Tenders)
            ?? CartChecks.CheckPoints(request.BurnPoints, request.CustomerId) ?? CartChecks.Check(request.Leases)) is { } invalid)
            return invalid.ToHttp();
        var fingerprint = Idempotency.Fingerprint(request);
        var (exhausted, codes) = (new HashSet<Guid>(), CreateQuote.CodesOf(request.Coupons));
        for (var tries = 1; ; tries++)
        {
            // Load: from this Cell's own copies.
            if (await books.Get(db, caller.TenantId, fresh: false, ct) is not { } book)
                return Problems.TenantNotReady.ToHttp();
            await Books.Meet(db, caller.TenantId, book, CreateQuote.KeysOf(request.Lines), codes, ct);

            // Decide: pure, but for what earlier sales have used where a promotion depends on that.
            var now = db.Now;
            var wanted = new Wanted(request.StoreId, request.CustomerId, codes, request.BurnPoints ?? 0, request.Leases);
            var priced = await ReadFacts.Price(
                db, caller.TenantId, book, wanted, exhausted, facts => Quoting.Price(book, caller, request.Cart(), facts, now), ct);
            var decided = priced.Problem is { } unpriced ? unpriced : Decide(request, book, caller, priced.Value!, now);
            if (decided.Problem is { } refused)
            {
                // What is refused now may have been done by an earlier try of the same request, or the book may be behind.
                if (await Winner(db, caller.TenantId, request, key, fingerprint, tickets, ct) is { } earlier)
                    return earlier;
                if (tries == 1 && await Moved(db, books, caller.TenantId, book, ct))
                    continue;
                return refused.ToHttp();
            }

            // Save: one round trip, one commit.
            var sale = Prepare(request, key, caller.TenantId, fingerprint, book, decided.Value!, tickets, db);
            var (result, number, problem) = await batches.Save(caller.TenantId, sale, ct);
            if (result == SaveResult.Saved)
            {
                db.Wake();
                return Created(number is null ? sale.Answer : sale.Answer.Replace(SaleNumber.InJson, $"\"{number}\"", StringComparison.Ordinal));
            }

            if (await Winner(db, caller.TenantId, request, key, fingerprint, tickets, ct) is { } winner)
                return winner;
            books.Forget(caller.TenantId);
            if (tries == MaxTries)
                return (problem ?? Problems.RulesKeepMoving).ToHttp();
            // What is used is read again; where others keep being faster the promotions are left out.
            if (problem?.Code == Problems.PromotionUsedUp.Code && tries >= MaxTries - 2)
                exhausted.UnionWith(sale.Claims.Where(claim => claim.Coupon is null).Select(claim => claim.Promotion));
            else if (result != SaveResult.RulesMoved && problem?.Code != Problems.PromotionUsedUp.Code)
                return (problem ?? CommonProblems.AlreadyExists).ToHttp();
        }
    }

    private static Outcome<DecidedSale> Decide(Request request, Book book, Caller caller, Priced priced, DateTimeOffset now)
    {
        if (request.Currency is { } currency && currency != book.Settings.Currency)
            return Problems.CurrencyMismatch.With($"this tenant sells in {book.Settings.Currency}");
        if (request.ExpectedTotal is { } expected && expected != priced.Cart.Total)
            return Problems.PriceChanged.With("quote", CreateQuote.Answer.Of(priced, settlement: null));
        var header = new CompleteSaleHeader(request.Id, request.StoreId, request.TillId, request.ShiftId, request.CustomerId, request.Note, request.Leases);
        return Selling.Decide(header, book, priced, request.Tenders, caller.UserId, now);
    }

    private static SaleToSave Prepare(
        Request request, IdempotencyKey key, Guid tenant, byte[] fingerprint, Book book, DecidedSale decided, PaymentTickets signer, TransactionDb db)
    {
        // A sale that awaits its payment has no number yet; it gets one when it is completed.
        var d = decided.AwaitsPayment ? decided.Document with { Number = "" } : decided.Document;
        var awaiting = d.Tenders.Where(tender => tender.Method == Selling.Paystack)
            .Select(tender => new PaymentTicket(tenant, request.Id, tender.Tender, tender.Amount, d.Currency, d.CompletedAt + TicketLife)).ToList();
        return new SaleToSave(
            d, book.Version, key.Value, fingerprint, StatusCodes.Status201Created, JsonSerializer.Serialize(AnswerOf(d, awaiting, signer), Json.Options),
            decided.Claims, awaiting, db.NewId(), Activity.Current?.Id, decided.MustBeFirst);
    }

    /// <summary>The answer of an earlier try: by the key, or by the sale's id when it came under another key.</summary>
    private static Task<IResult?> Winner(
        TransactionDb db, Guid tenant, Request request, IdempotencyKey key, byte[] fingerprint, PaymentTickets signer, CancellationToken ct) =>
        db.InTenant<IResult?>(tenant, async () =>
        {
            if (await db.Idempotency.AsNoTracking().SingleOrDefaultAsync(row => row.Route == Route && row.Key == key.Value, ct) is { } stored)
                return Idempotency.Answer(stored, fingerprint);
            if (await db.Sales.AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, ct) is not { } sale)
                return null;
            if (!sale.Fingerprint.AsSpan().SequenceEqual(fingerprint))
                return Problems.SaleIdReused.ToHttp();
            var awaited = await db.PendingTenders.AsNoTracking().Where(row => row.SaleId == sale.Id).OrderBy(row => row.Tender).ToListAsync(ct);
            var document = JsonSerializer.Deserialize<SaleCompleted>(sale.Document, Json.Tolerant)!;
            var tickets = awaited.ConvertAll(row => new PaymentTicket(tenant, sale.Id, row.Tender, row.Amount, row.Currency, row.ExpiresAt));
            return Created(JsonSerializer.Serialize(AnswerOf(document, tickets, signer), Json.Options));
        }, ct);

    private static IResult Created(string answer) => TypedResults.Text(answer, "application/json; charset=utf-8", statusCode: StatusCodes.Status201Created);

    /// <summary>Whether the book was behind the database, so that the refusal has to be decided again.</summary>
    private static async Task<bool> Moved(TransactionDb db, Books books, Guid tenant, Book book, CancellationToken ct)
    {
        books.Forget(tenant);
        return await books.Get(db, tenant, fresh: true, ct) is { } now && now.Version != book.Version;
    }
}
