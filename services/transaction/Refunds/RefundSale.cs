using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Pricing;
using WebWaka.Transaction.Claims;
using WebWaka.Transaction.Copies;
using WebWaka.Transaction.Core;
using WebWaka.Transaction.Loyalty;
using WebWaka.Transaction.Sales;
using WebWaka.Transaction.Shifts;

namespace WebWaka.Transaction.Refunds;

/// <summary>
/// Gives money back for a sale, whole or by line and quantity. Decided here, where the sale is, so that one lock on the sale
/// holds the cap whatever runs at once (docs/decisions/0002).
/// </summary>
internal static class RefundSale
{
    private const string Route = "refunds";
    private const int MaxLines = 500;

    /// <param name="Lines">Absent: everything that is left of the sale, restocked.</param>
    /// <param name="Tenders">How it is given back; absent: to the original tenders in proportion.</param>
    /// <param name="TillId">Whose drawer and number series; absent: the sale's till.</param>
    public sealed record Request(
        Guid SaleId, string Reason, Line[]? Lines = null, Tender[]? Tenders = null, Guid? Id = null, Guid? TillId = null, Guid? ShiftId = null);

    /// <param name="Number">The line of the sale, from 1.</param>
    public sealed record Line([property: System.Text.Json.Serialization.JsonPropertyName("line")] int Number, decimal Quantity, bool Restock = true);

    public sealed record Tender(string Method, long Amount);

    /// <summary>Amounts are positive: what goes back to the customer.</summary>
    public sealed record Answer(
        Guid Id, Guid SaleId, string Number, string Status, string Currency, long Net,
        long Tax, long Total, long Rounding, long Due, SaleTender[] Tenders, DateTimeOffset At);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/refunds", Handle).WithName(nameof(RefundSale)).RequirePermission(Permissions.Refund).Produces<Answer>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(
        Request request, IdempotencyKey key, Caller caller, TransactionDb db, Books books, LogScope scope, CancellationToken ct)
    {
        scope.About(request.SaleId);
        if (Check(request) is { } invalid)
            return invalid.ToHttp();
        if (await books.Get(db, caller.TenantId, fresh: true, ct) is not { } book)
            return Problems.TenantNotReady.ToHttp();
        return await db.Once<Request, Answer>(caller.TenantId, Route, key, request, StatusCodes.Status201Created, async () =>
        {
            // Load: till, then sale, each locked, in the order of every other writer.
            if (await db.Sales.AsNoTracking().Where(row => row.Id == request.SaleId).Select(row => (Guid?)row.TillId).SingleOrDefaultAsync(ct) is not { } soldAt)
                return Problems.SaleUnknown;
            var tillId = request.TillId ?? soldAt;
            if (await db.TillStates.FromSql($"SELECT * FROM till_state WHERE tenant_id = {caller.TenantId} AND till_id = {tillId} FOR UPDATE").SingleOrDefaultAsync(ct) is not { } till)
                return Problems.TillUnknown;
            if (till.ShiftId is not { } shiftId || request.ShiftId is { } named && named != shiftId)
                return Problems.ShiftNotOpen;
            var sale = await db.Sales.FromSql($"SELECT * FROM sale WHERE tenant_id = {caller.TenantId} AND id = {request.SaleId} FOR UPDATE").AsNoTracking()
                .SingleAsync(ct);
            if (request.Id is { } id && await db.Refunds.AnyAsync(row => row.Id == id, ct))
                return Problems.RefundIdReused;
            var earlier = await db.Refunds.AsNoTracking().Where(row => row.SaleId == sale.Id).Select(row => row.Document).ToListAsync(ct);

            // Decide: pure, see Core/Refunding.cs.
            var decided = Refunding.Decide(
                sale.State, Read<SaleCompleted>(sale.Document), earlier.ConvertAll(Read<RefundCompleted>), request, book.CashRounding);
            if (decided.Problem is { } refused)
                return refused;

            // Save.
            till.RefundSeq++;
            var store = book.Stores[till.StoreId];
            var refund = decided.Value! with
            {
                RefundId = request.Id ?? db.NewId(), Number = $"{till.Code}R{till.RefundSeq:0000000}",
                StoreId = till.StoreId, TillId = tillId, ShiftId = shiftId,
                RefundedBy = caller.UserId, CompletedAt = db.Now, BusinessDate = BusinessDay.Of(BusinessDay.Local(db.Now, store.TimeZone), store.DayCutoff),
            };
            db.Add(RowOf(refund, till.RefundSeq));
            if (refund.Redemptions.Length > 0)
                await Claimed.Release(db, sale.Id, Ending.RefundedWhole, ct);
            await Points.TakeBack(
                db, Read<SaleCompleted>(sale.Document), refund.RefundId, refund.Loyalty?.TakenBack ?? 0, refund.Loyalty?.GivenBack ?? 0, ct);
            db.Commits = CommitPoints.Refund;
            db.Publish(refund);
            return new Answer(
                refund.RefundId, refund.SaleId, refund.Number, "completed", refund.Currency, refund.Net, refund.Tax, refund.Total, refund.Rounding, refund.Due,
                refund.Tenders, refund.CompletedAt);
        }, ct);
    }

    private static Problem? Check(Request request)
    {
        if (!CartChecks.IsText(request.Reason, 200))
            return CommonProblems.InvalidRequest.With("reason: 1 to 200 characters");
        if (CardNumbers.In(request.Reason))
            return CommonProblems.CardNumberRefused.With("reason");
        if (request.Lines is { Length: 0 or > MaxLines } || request.Lines?.Any(line => line is not { Quantity: > 0 }) == true)
            return CommonProblems.InvalidRequest.With("lines: at least one, each with a quantity of more than zero");
        return request.Tenders is { Length: 0 or > 20 }
            || request.Tenders?.Any(t => t is not { Method: Selling.Cash or Selling.Card or Selling.Paystack, Amount: > 0 }) == true
            ? CommonProblems.InvalidRequest.With("tenders: cash, card or paystack, each with an amount of more than zero")
            : null;
    }

    private static T Read<T>(string document) => JsonSerializer.Deserialize<T>(document, Json.Tolerant)!;

    private static RefundRow RowOf(RefundCompleted refund, long seq) => new()
    {
        Id = refund.RefundId, SaleId = refund.SaleId, TillId = refund.TillId, ShiftId = refund.ShiftId, Number = refund.Number, Seq = seq,
        Currency = refund.Currency, Total = refund.Total, Cash = Drawer.CashOf(refund.Tenders), At = refund.CompletedAt,
        Document = JsonSerializer.Serialize(refund, Json.Options),
    };
}
