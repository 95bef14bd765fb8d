using Microsoft.AspNetCore.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.History.Journal;
using WebWaka.History.Transactions;

namespace WebWaka.History.Receipts;

/// <summary>A sale's receipt or a refund's credit note from the journal, as text or PDF; a reprint says that it is a copy.</summary>
internal static class GetReceipt
{
    private const string Text = "text/plain";
    private const string Pdf = "application/pdf";

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/receipts/{id:guid}", Handle).WithName(nameof(GetReceipt)).RequirePermission(Permissions.ReadTransactions)
            .Produces<string>(StatusCodes.Status200OK, Text, Pdf);

    private static async Task<IResult> Handle(Guid id, bool? copy, HttpContext http, Caller caller, HistoryDb db, CancellationToken ct)
    {
        if (Wanted(http.Request.GetTypedHeaders()) is not { } type)
            return Problems.NotAcceptable.ToHttp();
        var found = await db.InTenant(caller.TenantId, () => Load(db, id, ct), ct);
        return found.ToHttp(receipt =>
        {
            var printed = copy == true ? receipt with { Marks = receipt.Marks | ReceiptMarks.Copy } : receipt;
            return type == Pdf
                ? TypedResults.File(ReceiptPdf.Render(printed), Pdf, $"{printed.Number}.pdf")
                : TypedResults.Text(ReceiptText.Render(printed), Text, System.Text.Encoding.UTF8);
        });
    }

    private static async Task<Outcome<Receipt>> Load(HistoryDb db, Guid id, CancellationToken ct)
    {
        var entry = await db.Journal.AsNoTracking().SingleOrDefaultAsync(row => (row.Kind == Kinds.Sale || row.Kind == Kinds.Refund) && row.ThingId == id, ct);
        if (entry is null)
            return Problems.ReceiptUnknown;
        // A credit note shows the unit prices of the sale that it takes back.
        var sold = entry.SaleId is { } saleId
            ? await db.Journal.AsNoTracking().SingleOrDefaultAsync(row => row.Kind == Kinds.Sale && row.ThingId == saleId, ct)
            : entry;
        var settings = await db.Settings.AsNoTracking().SingleOrDefaultAsync(ct);
        var store = await db.Stores.AsNoTracking().SingleOrDefaultAsync(row => row.Id == entry.StoreId, ct);
        var till = await db.Tills.AsNoTracking().SingleOrDefaultAsync(row => row.Id == entry.TillId, ct);
        if (sold is null || settings is null || store is null || till is null)
            return Problems.ReceiptNotReady;
        var head = new ReceiptHead(settings, store, till);
        var sale = sold.Read<SaleCompleted>();
        if (entry.Kind == Kinds.Refund)
            return Issued.CreditNote(head, entry.Read<RefundCompleted>(), sale);
        var voided = await db.Journal.AnyAsync(row => row.Kind == Kinds.Void && row.SaleId == id, ct);
        return Issued.Receipt(head, sale) with { Marks = voided ? ReceiptMarks.Voided : ReceiptMarks.None };
    }

    /// <summary>The best of what is accepted; text for whoever says nothing, null for who accepts neither.</summary>
    private static string? Wanted(RequestHeaders headers)
    {
        if (headers.Accept.Count == 0)
            return Text;
        return headers.Accept.Where(accepted => accepted.Quality is not 0).OrderByDescending(accepted => accepted.Quality ?? 1)
            .Select(accepted => Accepts(accepted, Text) ? Text : Accepts(accepted, Pdf) ? Pdf : null).FirstOrDefault(type => type is not null);
    }

    private static bool Accepts(MediaTypeHeaderValue accepted, string type) => new MediaTypeHeaderValue(type).IsSubsetOf(WithoutParameters(accepted));

    private static MediaTypeHeaderValue WithoutParameters(MediaTypeHeaderValue accepted) => new(accepted.MediaType);
}
