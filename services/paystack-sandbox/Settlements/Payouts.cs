using System.Globalization;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>GET /settlement and /settlement/{id}/transactions. They do not run by themselves, as in Paystack's test mode: a switch makes one.</summary>
internal static class Payouts
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/settlement", List);
        api.MapGet("/settlement/{id:long}/transactions", Transactions);
    }

    static Answer List(HttpContext context)
    {
        var books = context.Integration();
        var query = context.Request.Query;
        lock (books.Gate)
        {
            var subaccount = query["subaccount"].ToString();
            var code = subaccount is "" or "none" ? null : Subaccounts.Find(books, subaccount)?.Code ?? "?";
            var rows = books.Payouts.All.Reverse().Where(p => (subaccount is "" || p.Subaccount == code) && Paging.Within(query, p.At)
                && (query["status"].ToString() is not { Length: > 0 } status || p.Status == status)).ToList();
            var (page, meta) = Paging.Of(rows, query);
            return Answer.Ok("Settlements retrieved", new JsonArray([.. page.Select(p => Json(books, p))]), meta);
        }
    }

    static Answer Transactions(long id, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (books.Payouts.Find(id) is not { } payout)
                return Refusals.NotFound("Settlement");
            var rows = payout.References.Select(reference => books.Find(reference)!).ToList();
            var (page, meta) = Paging.Of(rows, context.Request.Query);
            meta["total_volume"] = rows.Sum(t => t.Amount);
            return Answer.Ok("Transactions retrieved", new JsonArray([.. page.Select(TransactionJson.Of)]), meta);
        }
    }

    /// <summary>Pays out what was collected and not paid out yet, less what was taken back since.</summary>
    /// <param name="omit">A reference that is forgotten: it comes with none.</param>
    /// <param name="skew">What is paid too much, or too little below zero.</param>
    public static Payout? Make(Integration books, string currency, string? subaccount, string? omit, long skew)
    {
        var before = books.Payouts.All.Where(p => p.Subaccount == subaccount).ToList();
        var settled = before.SelectMany(p => p.References).ToHashSet(StringComparer.Ordinal);
        var rows = books.Transactions.Where(t => t.IsPaid && t.Currency == currency && !settled.Contains(t.Reference) && t.Reference != omit
            && (subaccount is null || t.Split?.Shares.Any(s => s.Code == subaccount) == true)).ToList();
        var back = subaccount is null ? Back(books, currency) - before.Where(p => p.Currency == currency).Sum(p => p.Deductions) : 0;
        if (rows.Count == 0 && back == 0)
            return null;
        var gross = rows.Sum(t => subaccount is null ? t.Amount - (t.Shares?.Subaccounts.Sum() ?? 0) : ShareOf(t, subaccount));
        var fees = subaccount is null ? rows.Sum(t => t.Fees ?? 0) : 0;
        return books.Payouts.Save(new Payout(
            books.NextId(), currency, subaccount, gross, fees, back, gross - fees - back + skew, [.. rows.Select(t => t.Reference)], books.Clock.Now));
    }

    /// <summary>All that refunds and lost disputes ever took.</summary>
    static long Back(Integration books, string currency) => checked(
        books.Refunds.Where(r => r.Status is "processed" && r.Currency == currency).Sum(r => r.Amount)
        + books.Disputes.All.Where(d => !d.IsOpen && d.Resolution is not "declined" && books.Find(d.TransactionReference)!.Currency == currency)
            .Sum(d => d.RefundAmount));

    static long ShareOf(Transaction t, string subaccount) =>
        t.Split!.Shares.Zip(t.Shares!.Subaccounts).Where(pair => pair.First.Code == subaccount).Sum(pair => pair.Second);

    static JsonObject Json(Integration books, Payout p) => new()
    {
        ["id"] = p.Id, ["domain"] = "test", ["status"] = p.Status, ["currency"] = p.Currency, ["integration"] = books.Id,
        ["total_processed"] = p.Gross, ["total_fees"] = p.Fees, ["total_amount"] = p.Net, ["effective_amount"] = p.Net,
        ["deductions"] = p.Deductions == 0 ? null : new JsonArray(new JsonObject { ["type"] = "refunds", ["amount"] = p.Deductions }),
        ["settlement_date"] = p.At.UtcDateTime.ToString("yyyy-MM-dd'T'00:00:00.000'Z'", CultureInfo.InvariantCulture), ["settled_by"] = null,
        ["createdAt"] = Wire.Date(p.At), ["updatedAt"] = Wire.Date(p.At),
    };
}
