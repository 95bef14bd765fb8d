using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Transaction.Claims;
using WebWaka.Transaction.Core;
using WebWaka.Transaction.Loyalty;

namespace WebWaka.Transaction.Sales;

/// <summary>
/// Takes a sale back whole before its shift closes: stock, coupons and tenders go back. One that still awaits its payment is
/// simply given up; money that has come or comes later for it is put before a person (late_payment).
/// </summary>
internal static class VoidSale
{
    public sealed record Request(string Reason);

    public sealed record Answer(Guid Id, string? Number, string Status, DateTimeOffset VoidedAt);

    public static void Map(RouteGroupBuilder sales) =>
        sales.MapPost("/{id:guid}/void", Handle).WithName(nameof(VoidSale)).RequirePermission(Permissions.Sell).Produces<Answer>();

    private static async Task<IResult> Handle(
        Guid id, Request request, IdempotencyKey key, Caller caller, TransactionDb db, LogScope scope, CancellationToken ct)
    {
        scope.About(id);
        if (!CartChecks.IsText(request.Reason, 200))
            return CommonProblems.InvalidRequest.With("reason: 1 to 200 characters").ToHttp();
        if (CardNumbers.In(request.Reason))
            return CommonProblems.CardNumberRefused.With("reason").ToHttp();
        return await db.Once(caller.TenantId, $"sales/{id}/void", key, request, StatusCodes.Status200OK, async () =>
        {
            // Load. The till's row first, as a sale does, so that a close and a void wait for each other and never in a circle.
            if (await db.Sales.AsNoTracking().Where(row => row.Id == id).Select(row => (Guid?)row.TillId).SingleOrDefaultAsync(ct) is not { } tillId)
                return Problems.SaleUnknown;
            var till = await db.TillStates
                .FromSql($"SELECT * FROM till_state WHERE tenant_id = {caller.TenantId} AND till_id = {tillId} FOR UPDATE").SingleAsync(ct);
            var sale = await db.Sales.FromSql($"SELECT * FROM sale WHERE tenant_id = {caller.TenantId} AND id = {id} FOR UPDATE").SingleAsync(ct);

            // Decide.
            var refunded = await db.Refunds.AnyAsync(row => row.SaleId == id, ct);
            if (Refusal(sale, till.ShiftId, refunded, caller) is { } problem)
                return problem;

            // Save.
            if (sale.State == SaleStates.AwaitingPayment)
            {
                await GiveUp.Apply(db, sale, "the sale was given up before all of its payments came", ct);
            }
            else
            {
                var document = JsonSerializer.Deserialize<SaleCompleted>(sale.Document, Json.Tolerant)!;
                await Claimed.Release(db, sale.Id, Ending.Voided, ct);
                await Claimed.Forget(db, document, ct);
                await Points.TakeBack(db, document, sale.Id, document.Loyalty?.Earned ?? 0, document.Loyalty?.Burned ?? 0, ct);
                var told = Voided(document, caller.UserId, db.Now, request.Reason);
                db.Add(new SaleVoidRow { SaleId = id, At = told.VoidedAt, Document = JsonSerializer.Serialize(told, Json.Options) });
                db.Publish(told);
                db.Commits = CommitPoints.Void;
                sale.State = SaleStates.Voided;
            }

            return (Outcome<Answer>)new Answer(sale.Id, sale.Number, sale.State, db.Now);
        }, ct);
    }

    private static Problem? Refusal(SaleRow sale, Guid? openShift, bool refunded, Caller caller)
    {
        if (sale.State == SaleStates.Voided)
            return Problems.SaleAlreadyVoided;
        if (sale.State == SaleStates.AwaitingPayment)
            return null;
        if (!caller.May(Permissions.VoidSale))
            return CommonProblems.Forbidden.With(Permissions.VoidSale);
        if (refunded)
            return Problems.SaleHasRefunds;
        return sale.ShiftId == openShift ? null : Problems.ShiftHasClosed;
    }

    private static SaleVoided Voided(SaleCompleted d, Guid by, DateTimeOffset now, string reason) => new(
        d.SaleId, d.Number, d.StoreId, d.TillId, d.ShiftId, by, d.BusinessDate, now, reason, d.Currency,
        [.. d.Lines.Where(line => line is { Stocked: true, ProductId: not null })
            .Select(line => new StockReturn(line.Line, line.ProductId!.Value, line.Quantity))],
        d.Redemptions, d.Tenders, d.Total);
}
