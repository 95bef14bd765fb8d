using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Pricing;

namespace WebWaka.Transaction.Sales;

/// <summary>A sale as it stands, for a till that waits for its payment. The journal (History) is where sales are read later.</summary>
internal static class GetSale
{
    /// <param name="Outstanding">What is still to be paid of what is due; a voided sale owes nothing, and its money went back.</param>
    public sealed record Answer(
        Guid Id, string? Number, string Status, string Currency, long Total, long Due, DateTimeOffset At, Awaited[] Payments, JsonNode Document,
        long Outstanding);

    public sealed record Awaited(int Tender, long Amount, DateTimeOffset ExpiresAt, DateTimeOffset? SettledAt, string? Reference);

    public static void Map(RouteGroupBuilder sales) =>
        sales.MapGet("/{id:guid}", Handle).WithName(nameof(GetSale)).RequirePermission(Permissions.Sell).Produces<Answer>();

    private static async Task<IResult> Handle(Guid id, Caller caller, TransactionDb db, CancellationToken ct)
    {
        var found = await db.InTenant<Answer>(caller.TenantId, async () =>
        {
            if (await db.Sales.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } sale)
                return Problems.SaleUnknown;
            var awaited = await db.PendingTenders.AsNoTracking().Where(row => row.SaleId == id).OrderBy(row => row.Tender)
                .Select(row => new Awaited(row.Tender, row.Amount, row.ExpiresAt, row.SettledAt, row.Reference)).ToArrayAsync(ct);
            var document = JsonNode.Parse(sale.Document)!;
            if (sale.Number is null)
                document.AsObject().Remove("number");
            return new Answer(
                sale.Id, sale.Number, sale.State, sale.Currency, sale.Total, sale.Due, sale.At, awaited, document, Outstanding(sale, document, awaited));
        }, ct);
        return found.ToHttp();
    }

    private static long Outstanding(SaleRow sale, JsonNode document, Awaited[] awaited)
    {
        var off = sale.State == SaleStates.Voided;
        var unpaid = awaited.Where(tender => tender.SettledAt is null).Sum(tender => tender.Amount);
        var paid = document["tenders"]!.AsArray().Sum(tender => (long)tender!["amount"]!) - unpaid;
        return Tenders.Outstanding(sale.Due, paid, off ? paid : 0, off);
    }
}
