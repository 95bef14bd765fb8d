using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>The transaction as verify, list and <c>charge.success</c> give it. Its shape drifts on purpose, as Paystack's does.</summary>
internal static class TransactionJson
{
    public static JsonObject Of(Transaction t)
    {
        var json = Common(t);
        json["split"] = Splits.OfPayment(t);
        if (t.Split is { Code: null, IsDynamic: false, Shares: [var single] })
            json["subaccount"] = new JsonObject { ["id"] = single.Id, ["subaccount_code"] = single.Code, ["business_name"] = single.Name };
        if (t.TerminalId is null)
            return json;
        // A terminal's amounts are text, and nothing of its card is said.
        (json["amount"], json["requested_amount"], json["metadata"]) = ($"{t.Amount}", $"{t.RequestedAmount}", 0);
        json["source"] = new JsonObject
        {
            ["type"] = "offline", ["source"] = "pos", ["entry_point"] = "pos_initialize", ["identifier"] = t.TerminalId,
        };
        return json;
    }

    static JsonObject Common(Transaction t) => new()
    {
        ["id"] = t.Id,
        ["domain"] = "test",
        ["status"] = t.Status,
        ["reference"] = t.Reference,
        ["receipt_number"] = null,
        ["amount"] = t.Amount,
        ["message"] = t.Message,
        ["gateway_response"] = t.GatewayResponse,
        ["paid_at"] = Wire.Date(t.PaidAt),
        ["created_at"] = Wire.Date(t.CreatedAt),
        ["channel"] = t.Channel,
        ["currency"] = t.Currency,
        ["ip_address"] = "127.0.0.1",
        ["metadata"] = t.Metadata?.DeepClone(),
        ["log"] = null,
        ["fees"] = t.Fees,
        ["fees_split"] = null,
        ["authorization"] = t.Authorization is { } a ? Of(a, t.ReceiverAccount) : new JsonObject(),
        ["customer"] = Of(t.Customer),
        ["plan"] = null,
        ["split"] = new JsonObject(),
        ["order_id"] = null,
        ["paidAt"] = Wire.Date(t.PaidAt),
        ["createdAt"] = Wire.Date(t.CreatedAt),
        ["requested_amount"] = t.RequestedAmount,
        ["pos_transaction_data"] = null,
        ["source"] = new JsonObject
        {
            ["type"] = "api", ["source"] = "merchant_api", ["entry_point"] = t.EntryPoint, ["identifier"] = null,
        },
        ["fees_breakdown"] = null,
        ["connect"] = null,
        ["transaction_date"] = Wire.Date(t.CreatedAt),
        ["plan_object"] = new JsonObject(),
        ["subaccount"] = new JsonObject(),
    };

    static JsonObject Of(Authorization a, string? receiver) => new()
    {
        ["authorization_code"] = a.Code,
        ["bin"] = a.Bin,
        ["last4"] = a.Last4,
        ["exp_month"] = "12",
        ["exp_year"] = a.Channel is "mobile_money" ? "9999" : "2030",
        ["channel"] = a.Channel,
        ["card_type"] = a.Channel is "card" ? a.Brand + " " : a.Channel is "bank_transfer" ? "transfer" : "",
        ["bank"] = a.Bank,
        ["country_code"] = a.Country,
        ["brand"] = a.Brand,
        ["reusable"] = a.Reusable,
        ["signature"] = a.Reusable ? "SIG_" + a.Code[5..] : null,
        ["account_name"] = null,
        ["receiver_bank_account_number"] = receiver,
        ["receiver_bank"] = receiver is null ? null : "Test Bank",
    };

    public static JsonObject Of(Customer c) => new()
    {
        ["id"] = c.Id,
        ["first_name"] = null,
        ["last_name"] = null,
        ["email"] = c.Email,
        ["customer_code"] = c.Code,
        ["phone"] = null,
        ["metadata"] = null,
        ["risk_action"] = "default",
        ["international_format_phone"] = null,
    };
}
