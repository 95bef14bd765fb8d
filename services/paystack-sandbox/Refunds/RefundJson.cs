using System.Globalization;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

internal static class RefundJson
{
    /// <summary>The answer to its creation, with the transaction in it.</summary>
    public static JsonObject Created(Refund refund, Transaction transaction, long integration)
    {
        var data = Common(refund, transaction, integration);
        var inner = TransactionJson.Of(transaction);
        inner["refunded_at"] = null;
        data["transaction"] = inner;
        return data;
    }

    /// <summary>As it is read: the transaction is a number there, and <c>fully_deducted</c> too.</summary>
    public static JsonObject Read(Refund refund, Transaction transaction, long integration)
    {
        var data = Common(refund, transaction, integration);
        data["transaction"] = transaction.Id;
        data["fully_deducted"] = refund.Status is "processed" ? 1 : 0;
        data["refunded_at"] = refund.Status is "processed" ? Wire.Date(refund.UpdatedAt) : null;
        data["bank_reference"] = refund.RefundReference;
        data["transaction_reference"] = transaction.Reference;
        data["transaction_amount"] = transaction.Amount;
        data["customer"] = TransactionJson.Of(transaction.Customer);
        data["initiated_by"] = "sandbox@localhost";
        data["refund_channel"] = transaction.Channel;
        data["session_id"] = null;
        data["collect_account_number"] = refund.Status is "needs-attention";
        // Their values are published nowhere.
        data["reason"] = null;
        data["refund_type"] = null;
        return data;
    }

    /// <summary>
    /// The body of refund.*: no id of the refund but in needs-attention (as text), and an amount that is text in some states and
    /// a number in others.
    /// </summary>
    public static JsonObject Event(Refund refund, Transaction transaction, long integration)
    {
        var attention = refund.Status is "needs-attention";
        var data = new JsonObject
        {
            ["status"] = refund.Status,
            ["transaction_reference"] = refund.TransactionReference,
            ["refund_reference"] = refund.RefundReference,
            ["amount"] = attention || refund.Status is "failed"
                ? JsonValue.Create(refund.Amount)
                : JsonValue.Create(refund.Amount.ToString(CultureInfo.InvariantCulture)),
            ["currency"] = refund.Currency,
        };
        if (!attention)
            data["processor"] = refund.Status is "processed" ? "mpgs_zen" : "instant-transfer";
        data["customer"] = new JsonObject { ["first_name"] = null, ["last_name"] = null, ["email"] = transaction.Customer.Email };
        data["integration"] = integration;
        data["domain"] = "test";
        if (attention)
        {
            data["id"] = refund.Id.ToString(CultureInfo.InvariantCulture);
            data["customer_note"] = refund.CustomerNote;
            data["merchant_note"] = refund.MerchantNote;
        }
        return data;
    }

    static JsonObject Common(Refund refund, Transaction transaction, long integration) => new()
    {
        ["id"] = refund.Id,
        ["integration"] = integration,
        ["domain"] = "test",
        ["transaction"] = null,
        ["dispute"] = null,
        ["settlement"] = null,
        ["amount"] = refund.Amount,
        ["currency"] = refund.Currency,
        ["status"] = refund.Status,
        ["deducted_amount"] = refund.Status is "processed" ? refund.Amount : 0,
        ["fully_deducted"] = false,
        ["channel"] = transaction.Channel,
        ["refunded_by"] = "sandbox@localhost",
        ["expected_at"] = Wire.Date(refund.CreatedAt.AddDays(10)),
        ["customer_note"] = refund.CustomerNote,
        ["merchant_note"] = refund.MerchantNote,
        ["createdAt"] = Wire.Date(refund.CreatedAt),
        ["updatedAt"] = Wire.Date(refund.UpdatedAt),
    };
}
