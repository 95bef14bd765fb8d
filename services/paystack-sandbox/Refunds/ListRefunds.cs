using System.Globalization;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>GET /refund and GET /refund/{id}. The list's <c>transaction</c> is the number: a reference finds nothing.</summary>
internal static class ListRefunds
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/refund", List);
        api.MapGet("/refund/{id}", Fetch);
    }

    static Answer List(HttpContext context)
    {
        var books = context.Integration();
        var query = context.Request.Query;
        lock (books.Gate)
        {
            var rows = books.Refunds.Reverse()
                .Select(r => (Refund: r, Transaction: books.Find(r.TransactionReference)!))
                .Where(r => Is(query["transaction"], r.Transaction.Id.ToString(CultureInfo.InvariantCulture))
                    && Is(query["currency"], r.Refund.Currency) && Paging.Within(query, r.Refund.CreatedAt))
                .ToList();
            var (page, meta) = Paging.Of(rows, query);
            // Here, and only here, a number is text.
            meta["perPage"] = meta["perPage"]!.ToJsonString();
            meta["failedRefundCount"] = rows.Count(r => r.Refund.Status is "failed");
            return Answer.Ok("Refunds retrieved",
                new JsonArray([.. page.Select(r => RefundJson.Read(r.Refund, r.Transaction, books.Id))]), meta);
        }
    }

    static Answer Fetch(string id, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
            return long.TryParse(id, out var number) && books.FindRefund(number) is { } refund
                ? Answer.Ok("Refund retrieved", RefundJson.Read(refund, books.Find(refund.TransactionReference)!, books.Id))
                : Refusals.RefundNotFound();
    }

    static bool Is(string? wanted, string value) => string.IsNullOrEmpty(wanted) || wanted == value;
}
