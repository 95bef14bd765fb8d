using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Collecting;

namespace WebWaka.Payments.Settlements;

/// <summary>What payouts and our books do not agree on, and money that no payout has brought: what a person has to look at.</summary>
internal static class ListExceptions
{
    /// <param name="Open">True: what nobody has resolved, and that is how it is without it.</param>
    public sealed record Query(bool? Open, int? Limit, string? Cursor);

    /// <param name="Kind">unknownTransaction, otherAmount, twice, sumDiffers or unreadable.</param>
    /// <param name="Expected">By our books; <paramref name="Found"/> by the payout. Minor units.</param>
    public sealed record Item(
        Guid Id, string Kind, Guid SettlementId, string? Reference, Guid? PaymentId, long Expected, long Found, string Currency, DateTimeOffset At,
        DateTimeOffset? ResolvedAt, string? Note);

    /// <summary>A payment that has been with Paystack for longer than payouts take.</summary>
    public sealed record Waiting(Guid PaymentId, string Reference, long Received, string Currency, DateTimeOffset SettledAt);

    public sealed record Answer(IReadOnlyList<Item> Items, IReadOnlyList<Waiting> NotPaidOut, string? NextCursor = null);

    public sealed record Resolution(string Note);

    public static void Map(RouteGroupBuilder settlements)
    {
        settlements.MapGet("/exceptions", Handle).WithName(nameof(ListExceptions)).RequirePermission(Permissions.ReadPayments).Produces<Answer>();
        settlements.MapPost("/exceptions/{id:guid}/resolve", Resolve).WithName("ResolveException").RequirePermission(Permissions.EditPayments)
            .Produces(StatusCodes.Status200OK);
    }

    private static async Task<IResult> Handle([AsParameters] Query query, Caller caller, PaymentsDb db, PaymentsOptions options, CancellationToken ct)
    {
        var (limit, before, open) = (Paging.Limit(query.Limit), Paging.Id(query.Cursor), query.Open ?? true);
        var late = db.Now - options.SettledWithin;
        var (rows, waiting) = await db.InTenant(caller.TenantId, async () =>
        (
            await db.SettlementExceptions.AsNoTracking().Where(row => (!open || row.ResolvedAt == null) && (before == null || row.Id < before))
                .OrderByDescending(row => row.Id).Take(limit + 1)
                .Select(row => new Item(
                    row.Id, row.Kind, row.SettlementId, row.Reference, row.PaymentId, row.Expected, row.Found, row.Currency, row.At, row.ResolvedAt, row.Note))
                .ToListAsync(ct),
            await db.Payments.AsNoTracking()
                .Where(row => row.State == PaymentStates.Settled && row.SettlementId == null && row.SettledAt <= late && row.Received != null)
                .OrderBy(row => row.SettledAt).Take(limit)
                .Select(row => new Waiting(row.Id, row.Reference, row.Received!.Value, row.ReceivedCurrency!, row.SettledAt!.Value)).ToListAsync(ct)
        ), ct);
        var page = Paging.Of(rows, limit, item => item.Id.ToString());
        return TypedResults.Ok(new Answer(page.Items, waiting, page.NextCursor));
    }

    private static async Task<IResult> Resolve(Guid id, Resolution request, Caller caller, PaymentsDb db, CancellationToken ct)
    {
        if (request.Note.Length is 0 or > 300 || CardNumbers.In(request.Note))
            return CommonProblems.InvalidRequest.With("note: 1 to 300 characters, no card's number").ToHttp();
        var found = await db.InTenant<bool>(caller.TenantId, async () =>
        {
            if (await db.SettlementExceptions.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } row)
                return Problems.ExceptionUnknown;
            (row.ResolvedAt, row.ResolvedBy, row.Note) = (row.ResolvedAt ?? db.Now, row.ResolvedBy ?? caller.UserId, request.Note);
            return true;
        }, ct);
        return found.ToHttp(_ => TypedResults.Ok());
    }
}
