using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>POST, GET and PUT /subaccount. The bank comes as settlement_bank or as bank_code: both are documented.</summary>
internal static class Subaccounts
{
    static readonly string[] Schedules = ["auto", "weekly", "monthly", "manual"];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/subaccount", Create);
        api.MapGet("/subaccount", List);
        api.MapGet("/subaccount/{code}", Fetch);
        api.MapPut("/subaccount/{code}", Update);
    }

    public static Subaccount? Find(Integration books, string? name) =>
        books.Subaccounts.All.FirstOrDefault(s => s.Code == name || s.Id.ToString(CultureInfo.InvariantCulture) == name);

    static Answer Create(Body body, HttpContext context)
    {
        var books = context.Integration();
        if (body.Text("business_name") is not { } name)
            return Refusals.Missing("Business name is required");
        if ((body.Text("settlement_bank") ?? body.Text("bank_code")) is not { } bank || body.Text("account_number") is not { } account)
            return Refusals.Missing("Settlement bank and account number are required");
        if (!decimal.TryParse(body.Text("percentage_charge"), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) || percent is < 0 or > 100)
            return Refusals.Invalid("Percentage charge must be between 0 and 100");
        lock (books.Gate)
        {
            var now = books.Clock.Now;
            var code = "ACCT_" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 15);
            return Answer.Created("Subaccount created", Json(books, books.Subaccounts.Save(
                new Subaccount(books.NextId(), code, name, bank, account, percent, books.Switches.DefaultCurrency, "AUTO", true, now, now))));
        }
    }

    static Answer List(HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            var (page, meta) = Paging.Of([.. books.Subaccounts.All.Reverse()], context.Request.Query);
            var rows = page.Select(s =>
            {
                var row = Json(books, s);
                row["bank_id"] = row["bank"]!.DeepClone();
                row["active"] = s.Active ? 1 : 0;
                return (JsonNode)row;
            });
            return Answer.Ok("Subaccounts retrieved", new JsonArray([.. rows]), meta);
        }
    }

    static Answer Fetch(string code, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
            return Find(books, code) is { } found ? Answer.Ok("Subaccount retrieved", Json(books, found)) : Refusals.NotFound("Subaccount");
    }

    static Answer Update(string code, Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (Find(books, code) is not { } found)
                return Refusals.NotFound("Subaccount");
            if (body.Text("settlement_schedule") is { } schedule && !Schedules.Contains(schedule, StringComparer.OrdinalIgnoreCase))
                return Refusals.Invalid("Invalid settlement schedule");
            return Answer.Ok("Subaccount updated", Json(books, books.Subaccounts.Save(found with
            {
                BusinessName = body.Text("business_name") ?? found.BusinessName,
                Bank = body.Text("settlement_bank") ?? body.Text("bank_code") ?? found.Bank,
                AccountNumber = body.Text("account_number") ?? found.AccountNumber,
                Schedule = body.Text("settlement_schedule")?.ToUpperInvariant() ?? found.Schedule,
                Active = body["active"] is null ? found.Active : body.Flag("active"),
                UpdatedAt = books.Clock.Now,
            })));
        }
    }

    public static JsonObject Json(Integration books, Subaccount s) => new()
    {
        ["id"] = s.Id, ["subaccount_code"] = s.Code, ["business_name"] = s.BusinessName, ["account_name"] = s.BusinessName.ToUpperInvariant(),
        ["description"] = null, ["primary_contact_name"] = null, ["primary_contact_email"] = null, ["primary_contact_phone"] = null,
        ["metadata"] = null, ["account_number"] = s.AccountNumber, ["percentage_charge"] = s.PercentageCharge, ["settlement_bank"] = s.Bank,
        ["currency"] = s.Currency, ["bank"] = 24, ["integration"] = books.Id, ["domain"] = "test", ["product"] = "collection",
        ["managed_by_integration"] = books.Id, ["is_verified"] = false, ["settlement_schedule"] = s.Schedule, ["active"] = s.Active,
        ["migrate"] = false, ["createdAt"] = Wire.Date(s.CreatedAt), ["updatedAt"] = Wire.Date(s.UpdatedAt),
    };
}
