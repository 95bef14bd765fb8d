using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>GET /bank and /bank/resolve: a few banks, enough for refunds and subaccounts.</summary>
internal static class Banks
{
    static readonly (long Id, string Name, string Slug, string Code, string Country, string Currency)[] All =
    [
        (24, "Test Bank", "test-bank", "001", "Nigeria", "NGN"), (9, "Guaranty Trust Bank", "guaranty-trust-bank", "058", "Nigeria", "NGN"),
        (21, "Zenith Bank", "zenith-bank", "057", "Nigeria", "NGN"), (28, "MTN", "mtn-mobile-money", "MTN", "Ghana", "GHS"),
        (140, "Absa Bank", "absa-za", "632005", "South Africa", "ZAR"), (231, "M-PESA", "mpesa", "MPESA", "Kenya", "KES"),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/bank", List);
        api.MapGet("/bank/resolve", Resolve);
    }

    static Answer List(HttpContext context)
    {
        var query = context.Request.Query;
        var rows = All.Where(b => Is(query["country"], b.Country) && Is(query["currency"], b.Currency));
        return Answer.Ok("Banks retrieved", new JsonArray([.. rows.Select(b => new JsonObject
        {
            ["name"] = b.Name, ["slug"] = b.Slug, ["code"] = b.Code, ["longcode"] = "", ["gateway"] = null, ["pay_with_bank"] = false,
            ["supports_transfer"] = true, ["available_for_direct_debit"] = false, ["active"] = true, ["is_deleted"] = false, ["country"] = b.Country,
            ["currency"] = b.Currency, ["type"] = "nuban", ["id"] = b.Id,
            ["createdAt"] = "2016-07-14T10:04:29.000Z", ["updatedAt"] = "2026-01-01T00:00:00.000Z",
        })]));
    }

    static Answer Resolve(HttpContext context)
    {
        var (number, code) = (context.Request.Query["account_number"].ToString(), context.Request.Query["bank_code"].ToString());
        return number.Length == 10 && All.FirstOrDefault(b => b.Code == code) is { Id: > 0 } bank
            ? Answer.Ok("Account number resolved", new JsonObject { ["account_number"] = number, ["account_name"] = "SANDBOX CUSTOMER", ["bank_id"] = bank.Id })
            : Refusals.Invalid("Could not resolve account name. Check parameters or try again.");
    }

    static bool Is(string? wanted, string value) => string.IsNullOrEmpty(wanted) || string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase);
}
