using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>/dispute: read, answered and settled. One that is not answered when it is due is accepted for the merchant.</summary>
internal static class Disputes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/dispute", List);
        api.MapGet("/dispute/export", () => Answer.Ok("Export successful", new JsonObject { ["path"] = "http://localhost/export.csv", ["expiresAt"] = null }));
        api.MapGet("/dispute/{id:long}", (long id, HttpContext context) => With(id, context, "Dispute retrieved", (books, d) => DisputeJson.Of(books, d)));
        api.MapGet("/dispute/transaction/{id:long}", OfTransaction);
        api.MapGet("/dispute/{id:long}/upload_url", (long id, HttpContext context) => With(id, context, "Upload url generated", (_, d) => new JsonObject
        {
            ["signedUrl"] = $"http://localhost/upload/{d.Id}", ["fileName"] = context.Request.Query["upload_filename"].ToString(),
        }));
        api.MapPut("/dispute/{id:long}", Change);
        api.MapPost("/dispute/{id:long}/evidence", Explain);
        api.MapPut("/dispute/{id:long}/resolve", Resolve);
    }

    static Answer List(HttpContext context)
    {
        var books = context.Integration();
        var query = context.Request.Query;
        lock (books.Gate)
        {
            var rows = books.Disputes.All.Reverse().Where(d => Paging.Within(query, d.CreatedAt)
                && (query["status"].ToString() is not { Length: > 0 } status || d.Status == status)).ToList();
            var (page, meta) = Paging.Of(rows, query);
            return Answer.Ok("Disputes retrieved", new JsonArray([.. page.Select(d => DisputeJson.Of(books, d))]), meta);
        }
    }

    static Answer OfTransaction(long id, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
            return books.Find(id) is { } transaction && books.Disputes.All.LastOrDefault(d => d.TransactionReference == transaction.Reference) is { } found
                ? Answer.Ok("Dispute retrieved successfully", DisputeJson.OfTransaction(books, found))
                : Refusals.NotFound("Dispute");
    }

    static Answer Change(long id, Body body, HttpContext context) => With(id, context, "Dispute updated successfully", (books, dispute) =>
        body.Amount("refund_amount") is not (var amount, null) ? Refusals.Missing("Refund amount is required")
        : amount > books.Find(dispute.TransactionReference)!.Amount ? Refusals.Invalid("Refund amount cannot be greater than initial amount")
        : DisputeJson.Of(books, books.Disputes.Save(dispute with { RefundAmount = amount, UpdatedAt = books.Clock.Now })));

    static Answer Explain(long id, Body body, HttpContext context) => With(id, context, "Evidence created", (books, dispute) =>
    {
        foreach (var name in (string[])["customer_email", "customer_name", "customer_phone", "service_details"])
        {
            if (body.Text(name) is null)
                return Refusals.Missing($"{name} is required");
        }

        books.Disputes.Save(dispute with { Evidence = body.Text("service_details"), UpdatedAt = books.Clock.Now });
        return new JsonObject
        {
            ["customer_email"] = body.Text("customer_email"), ["customer_name"] = body.Text("customer_name"),
            ["customer_phone"] = body.Text("customer_phone"), ["service_details"] = body.Text("service_details"),
            ["delivery_address"] = body.Text("delivery_address"), ["delivery_date"] = body.Text("delivery_date"),
            ["dispute"] = dispute.Id, ["id"] = books.NextId(), ["createdAt"] = Wire.Date(books.Clock.Now), ["updatedAt"] = Wire.Date(books.Clock.Now),
        };
    });

    static Answer Resolve(long id, Body body, HttpContext context) => With(id, context, "Dispute successfully resolved", (books, dispute) =>
    {
        if (body.Text("resolution") is not ("merchant-accepted" or "declined") || body.Text("message") is not { } message)
            return Refusals.Missing("resolution (merchant-accepted or declined) and message are required");
        if (!dispute.IsOpen)
            return Refusals.Invalid("Dispute has been resolved already");
        if (body.Amount("refund_amount") is (var amount, null))
        {
            if (amount > books.Find(dispute.TransactionReference)!.Amount)
                return Refusals.Invalid("Refund amount cannot be greater than initial amount");
            dispute = dispute with { RefundAmount = amount };
        }

        return DisputeJson.Resolved(books, Disputing.Resolve(books, dispute, body.Text("resolution")!), message);
    });

    static Answer With(long id, HttpContext context, string message, Func<Integration, Dispute, object> then)
    {
        var books = context.Integration();
        lock (books.Gate)
            return books.Disputes.Find(id) is not { } dispute ? Refusals.NotFound("Dispute")
                : then(books, dispute) is var result && result is Answer refusal ? refusal : Answer.Ok(message, (JsonObject)result);
    }
}
