using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>POST /transaction/charge_authorization, GET /transaction/totals and /transaction/timeline/{id or reference}.</summary>
internal static class MoreTransactions
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/transaction/charge_authorization", Charge);
        api.MapGet("/transaction/totals", Totals);
        api.MapGet("/transaction/timeline/{id}", Timeline);
    }

    /// <summary>A card that the customer let us keep, with the address it was made for.</summary>
    static Answer Charge(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (body.Text("authorization_code") is null)
                return Refusals.Missing("Authorization code is required");
            var (request, refusal) = PaymentRequest.Read(body, books);
            if (request is null)
                return refusal!;
            var (plan, unusable) = Instruments.Plan(new Body(new JsonObject { ["authorization_code"] = body.Text("authorization_code") }), request, books);
            return plan is null
                ? unusable!
                : Answer.Ok("Charge attempted", TransactionJson.Of(Settlement.Succeed(books, request.ToTransaction(books, "charge_authorization") with
                {
                    Channel = "card", Authorization = plan.Authorization, RefundOutcome = plan.RefundOutcome,
                })));
        }
    }

    static Answer Totals(HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            var paid = books.Transactions.Where(t => t.IsPaid && Paging.Within(context.Request.Query, t.CreatedAt)).ToList();
            return Answer.Ok("Transaction totals", new JsonObject
            {
                ["total_transactions"] = paid.Count, ["total_volume"] = paid.Sum(t => t.Amount),
                ["total_volume_by_currency"] = new JsonArray([.. paid.GroupBy(t => t.Currency).Select(g => new JsonObject
                {
                    ["currency"] = g.Key, ["amount"] = g.Sum(t => t.Amount),
                })]),
                ["pending_transfers"] = 0, ["pending_transfers_by_currency"] = new JsonArray(),
            });
        }
    }

    static Answer Timeline(string id, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if ((books.Find(id) ?? (long.TryParse(id, out var number) ? books.Find(number) : null)) is not { } t)
                return Refusals.TransactionNotFound();
            return Answer.Ok("Timeline retrieved", new JsonObject
            {
                ["start_time"] = t.CreatedAt.ToUnixTimeSeconds(), ["time_spent"] = (long)((t.PaidAt ?? t.CreatedAt) - t.CreatedAt).TotalSeconds,
                ["attempts"] = 1, ["errors"] = t.Status is TransactionStatus.Failed ? 1 : 0, ["success"] = t.IsPaid, ["mobile"] = false,
                ["input"] = new JsonArray(), ["history"] = new JsonArray(),
            });
        }
    }
}
