using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

internal static class DisputeJson
{
    /// <summary>As events, list and fetch give it: the transaction nested, its reference only in there.</summary>
    public static JsonObject Of(Integration books, Dispute dispute)
    {
        var transaction = books.Find(dispute.TransactionReference)!;
        var inner = TransactionJson.Of(transaction);
        inner["authorization"] = new JsonObject();
        inner["customer"] = new JsonObject { ["international_format_phone"] = null };
        var json = Common(dispute, transaction);
        json["transaction"] = inner;
        json["customer"] = TransactionJson.Of(transaction.Customer);
        // Written both ways: the events say created_at, the reads createdAt.
        (json["created_at"], json["updated_at"]) = (Wire.Date(dispute.CreatedAt), Wire.Date(dispute.UpdatedAt));
        return json;
    }

    public static JsonObject OfTransaction(Integration books, Dispute dispute)
    {
        var json = Of(books, dispute);
        json["merchant_transaction_reference"] = dispute.TransactionReference;
        (json["integration"], json["created_by"]) = (books.Id, books.Id);
        return json;
    }

    /// <summary>The answer to a resolution: flat, with numbers where the reads nest.</summary>
    public static JsonObject Resolved(Integration books, Dispute dispute, string message)
    {
        var transaction = books.Find(dispute.TransactionReference)!;
        var json = Common(dispute, transaction);
        json.Remove("history");
        json.Remove("messages");
        json["attachments"] = "";
        (json["merchant_transaction_reference"], json["integration"]) = (dispute.TransactionReference, books.Id);
        (json["transaction"], json["created_by"], json["evidence"]) = (transaction.Id, books.Id, null);
        json["message"] = new JsonObject
        {
            ["dispute"] = dispute.Id, ["sender"] = "sandbox@localhost", ["body"] = message, ["id"] = dispute.Id,
            ["createdAt"] = Wire.Date(dispute.UpdatedAt), ["updatedAt"] = Wire.Date(dispute.UpdatedAt),
        };
        return json;
    }

    static JsonObject Common(Dispute d, Transaction transaction) => new()
    {
        ["id"] = d.Id, ["refund_amount"] = d.RefundAmount, ["currency"] = transaction.Currency, ["status"] = d.Status, ["resolution"] = d.Resolution,
        ["domain"] = "test", ["transaction_reference"] = null, ["category"] = d.Category, ["bin"] = transaction.Authorization?.Bin,
        ["last4"] = transaction.Authorization?.Last4, ["dueAt"] = Wire.Date(d.DueAt), ["resolvedAt"] = Wire.Date(d.ResolvedAt),
        ["evidence"] = null, ["attachments"] = null, ["note"] = null,
        ["history"] = new JsonArray(new JsonObject { ["status"] = "pending", ["by"] = "bank@example.test", ["createdAt"] = Wire.Date(d.CreatedAt) }),
        ["messages"] = new JsonArray(new JsonObject
        {
            ["sender"] = "bank@example.test", ["body"] = "Customer complained about debit without value", ["createdAt"] = Wire.Date(d.CreatedAt),
        }),
        ["createdAt"] = Wire.Date(d.CreatedAt), ["updatedAt"] = Wire.Date(d.UpdatedAt),
    };
}
