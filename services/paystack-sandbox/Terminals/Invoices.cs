using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>/paymentrequest: what a terminal is to collect. One that is archived cannot be paid any more.</summary>
internal static class Invoices
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/paymentrequest", Create);
        api.MapGet("/paymentrequest/{id}", (string id, HttpContext context) => With(id, context, "Payment request retrieved", (books, i) => Json(books, i)));
        api.MapGet("/paymentrequest/verify/{id}", (string id, HttpContext context) => With(id, context, "Payment request retrieved", Verified));
        api.MapPost("/paymentrequest/archive/{id}", (string id, HttpContext context) =>
            With(id, context, "Payment request has been archived", (books, i) =>
                Json(books, i.Status is "pending" ? books.Invoices.Save(i with { Status = "archived" }) : i)));
    }

    static Answer Create(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (books.FindCustomer(body.Text("customer") ?? "") is not { } customer)
                return Refusals.NotFound("Customer");
            var (amount, refusal) = body.Amount("amount") ?? (Lines(body), null);
            if (refusal is not null)
                return refusal;
            var currency = body.Text("currency") ?? books.Switches.DefaultCurrency;
            if (!books.Switches.EnabledCurrencies.Contains(currency))
                return Refusals.UnsupportedCurrency();
            if (amount < Currencies.Minimum[currency])
                return Refusals.AmountBelowMinimum(Currencies.Minimum[currency], currency);
            var split = body.Text("split_code");
            if (split is not null && !books.Splits.All.Any(s => s.Code == split))
                return Refusals.NotFound("Split");
            var id = books.NextId();
            var invoice = books.Invoices.Save(new Invoice(
                id, "PRQ_" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 15), $"{books.Id}{id}", amount, currency,
                body.Text("description"), customer.Id, books.Invoices.All.Count() + 1, books.Clock.Now) { SplitCode = split });
            books.Announce("paymentrequest.pending", null, Json(books, invoice));
            return Answer.Ok("Payment request created", Json(books, invoice));
        }
    }

    static long Lines(Body body) => body["line_items"] is JsonArray rows
        ? rows.OfType<JsonObject>().Sum(row => (new Body(row).Amount("amount")?.Amount ?? 0) * (new Body(row).Amount("quantity")?.Amount ?? 1))
        : 0;

    static Answer With(string id, HttpContext context, string message, Func<Integration, Invoice, JsonObject> then)
    {
        var books = context.Integration();
        lock (books.Gate)
            return books.Invoices.All.FirstOrDefault(i => i.Code == id || $"{i.Id}" == id) is { } invoice
                ? Answer.Ok(message, then(books, invoice))
                : Refusals.NotFound("Payment request");
    }

    static JsonObject Verified(Integration books, Invoice invoice)
    {
        var json = Json(books, invoice);
        json["integration"] = new JsonObject
        {
            ["key"] = "pk_test_sandbox", ["name"] = "Sandbox", ["logo"] = null, ["allowed_currencies"] = new JsonArray("NGN"),
        };
        json["customer"] = books.FindCustomer($"{invoice.CustomerId}") is { } customer ? TransactionJson.Of(customer) : null;
        json["pending_amount"] = invoice.PaidAt is null ? invoice.Amount : 0;
        return json;
    }

    public static JsonObject Json(Integration books, Invoice i) => new()
    {
        ["id"] = i.Id, ["integration"] = books.Id, ["domain"] = "test", ["amount"] = i.Amount, ["currency"] = i.Currency, ["due_date"] = null,
        ["has_invoice"] = true, ["invoice_number"] = i.Number, ["description"] = i.Description, ["pdf_url"] = null,
        ["line_items"] = new JsonArray(), ["tax"] = new JsonArray(), ["request_code"] = i.Code, ["status"] = i.PaidAt is null ? i.Status : "success",
        ["paid"] = i.PaidAt is not null, ["paid_at"] = Wire.Date(i.PaidAt), ["metadata"] = null, ["notifications"] = new JsonArray(),
        ["offline_reference"] = i.OfflineReference, ["customer"] = i.CustomerId, ["created_at"] = Wire.Date(i.CreatedAt), ["discount"] = null,
        ["split_code"] = i.SplitCode,
    };
}
