using System.Globalization;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>GET /transaction, newest first, by page. Cursors are not offered yet.</summary>
internal static class ListTransactions
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/transaction", Handle);

    static Answer Handle(HttpContext context)
    {
        var books = context.Integration();
        var query = context.Request.Query;
        lock (books.Gate)
        {
            var rows = books.Transactions.Reverse()
                .Where(t => Matches(query, "status", t.Status) && Matches(query, "channel", t.Channel)
                    && Matches(query, "terminalid", t.TerminalId ?? "")
                    && Matches(query, "virtual_account_number", t.ReceiverAccount ?? "")
                    && Matches(query, "amount", t.Amount.ToString(CultureInfo.InvariantCulture))
                    // A customer's code instead of the number finds nothing, and that is a 200.
                    && Matches(query, "customer", t.Customer.Id.ToString(CultureInfo.InvariantCulture))
                    && Paging.Within(query, t.CreatedAt))
                .ToList();
            var (page, meta) = Paging.Of(rows, query);
            meta["total_volume"] = rows.Sum(t => t.Amount);
            return Answer.Ok("Transactions retrieved", new JsonArray([.. page.Select(TransactionJson.Of)]), meta);
        }
    }

    static bool Matches(IQueryCollection query, string name, string value) =>
        query[name].ToString() is not { Length: > 0 } wanted || wanted == value;
}
