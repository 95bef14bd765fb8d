using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>
/// /dedicated_account: an account number of one customer. What is paid to it is a transaction under a reference that Paystack makes,
/// known by its number alone.
/// </summary>
internal static class DedicatedAccounts
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/dedicated_account", Create);
        api.MapPost("/dedicated_account/assign", Assign);
        api.MapGet("/dedicated_account", List);
        api.MapGet("/dedicated_account/available_providers", () => Answer.Ok("Dedicated account providers retrieved",
            new JsonArray(new JsonObject { ["provider_slug"] = "test-bank", ["bank_id"] = 24, ["bank_name"] = "Test Bank", ["id"] = 1 })));
        api.MapGet("/dedicated_account/requery", () => Answer.Ok("Request received and will be processed", new JsonObject()));
        api.MapGet("/dedicated_account/{id:long}", (long id, HttpContext context) => With(id, context, "Dedicated account retrieved", account => account));
        api.MapDelete("/dedicated_account/{id:long}", (long id, HttpContext context) =>
            With(id, context, "Managed Account Successfully Unassigned", account => account with { Active = false }));
        api.MapPost("/dedicated_account/split", (Body body, HttpContext context) => Share(body, context, body.Text("split_code")));
        api.MapDelete("/dedicated_account/split", (Body body, HttpContext context) => Share(body, context, split: null));
    }

    static Answer Create(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (books.FindCustomer(body.Text("customer") ?? "") is not { } customer)
                return Refusals.NotFound("Customer");
            return Answer.Ok("NUBAN successfully created", Json(books, Open(books, customer, body.Text("split_code"))));
        }
    }

    /// <summary>Answers at once; the account is told of by an event.</summary>
    static Answer Assign(Body body, HttpContext context)
    {
        var books = context.Integration();
        if (body.Text("email") is not { } email || body.Text("country") is not ("NG" or "GH"))
            return Refusals.Missing("email and country (NG or GH) are required");
        lock (books.Gate)
        {
            var json = Json(books, Open(books, books.CustomerOf(email), body.Text("split_code")));
            var customer = json["customer"]!.DeepClone();
            json.Remove("customer");
            books.Announce("dedicatedaccount.assign.success", null, new JsonObject
            {
                ["customer"] = customer, ["dedicated_account"] = json, ["identification"] = new JsonObject { ["status"] = "success" },
            });
            return Answer.Ok("Assign dedicated account in progress", new JsonObject());
        }
    }

    static DedicatedAccount Open(Integration books, Customer customer, string? split) =>
        books.DedicatedAccounts.All.FirstOrDefault(a => a.Active && a.Customer.Id == customer.Id)
        ?? books.DedicatedAccounts.Save(new DedicatedAccount(
            books.NextId(), customer, RandomNumberGenerator.GetString("0123456789", 10), $"SANDBOX/{customer.Code}",
            books.Switches.DefaultCurrency, true, split, books.Clock.Now));

    static Answer List(HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            var query = context.Request.Query;
            var rows = books.DedicatedAccounts.All.Reverse()
                .Where(a => Is(query["active"], a.Active ? "true" : "false") && Is(query["customer"], a.Customer.Id.ToString(CultureInfo.InvariantCulture)));
            var (page, meta) = Paging.Of([.. rows], query);
            return Answer.Ok("Managed accounts successfully retrieved", new JsonArray([.. page.Select(a => Json(books, a))]), meta);
        }
    }

    static bool Is(string? wanted, string value) => string.IsNullOrEmpty(wanted) || wanted == value;

    static Answer With(long id, HttpContext context, string message, Func<DedicatedAccount, DedicatedAccount> change)
    {
        var books = context.Integration();
        lock (books.Gate)
            return books.DedicatedAccounts.Find(id) is { } account
                ? Answer.Ok(message, Json(books, books.DedicatedAccounts.Save(change(account))))
                : Refusals.NotFound("Dedicated account");
    }

    static Answer Share(Body body, HttpContext context, string? split)
    {
        var books = context.Integration();
        lock (books.Gate)
            return books.DedicatedAccounts.All.FirstOrDefault(a => a.AccountNumber == body.Text("account_number")) is { } account
                ? Answer.Ok("Assigned Managed Account Split", Json(books, books.DedicatedAccounts.Save(account with { SplitCode = split })))
                : Refusals.NotFound("Dedicated account");
    }

    static JsonObject Json(Integration books, DedicatedAccount a) => new()
    {
        ["customer"] = TransactionJson.Of(a.Customer),
        ["bank"] = new JsonObject { ["name"] = "Test Bank", ["id"] = 24, ["slug"] = "test-bank" },
        ["id"] = a.Id, ["account_name"] = a.AccountName, ["account_number"] = a.AccountNumber, ["assigned"] = a.Active, ["active"] = a.Active,
        ["currency"] = a.Currency, ["metadata"] = null, ["created_at"] = Wire.Date(a.CreatedAt), ["updated_at"] = Wire.Date(a.CreatedAt),
        ["split_config"] = a.SplitCode is null ? new JsonObject() : new JsonObject { ["split_code"] = a.SplitCode },
        ["assignment"] = new JsonObject
        {
            ["integration"] = books.Id, ["assignee_id"] = a.Customer.Id, ["assignee_type"] = "Customer", ["expired"] = false,
            ["account_type"] = "PAY-WITH-TRANSFER-RECURRING", ["assigned_at"] = Wire.Date(a.CreatedAt), ["expired_at"] = null,
        },
    };
}
