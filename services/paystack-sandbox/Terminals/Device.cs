using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>What the customer does at a terminal. One sale, two events: of the charge, under a reference of Paystack's own, and of the request.</summary>
internal static class Device
{
    /// <summary>What is shown on a device and waits for a card.</summary>
    public static IEnumerable<(Push Push, Invoice Invoice)> Waiting(Integration books) =>
        from push in books.Pushes.All
        where push is { Delivered: true, Done: false }
        let invoice = books.Invoices.Find(push.InvoiceId)
        where invoice is { Status: "pending", PaidAt: null }
        select (push, invoice);

    /// <param name="events">Which events come: <c>both</c>, <c>reversed</c> (the request's first), <c>charge</c> or <c>request</c>.</param>
    public static Transaction Pay(Integration books, Push push, Invoice invoice, string events, long? amount)
    {
        var now = books.Clock.Now;
        books.Pushes.Save(push with { Done = true });
        var paid = books.Invoices.Save(invoice with { Status = "success", PaidAt = now });
        var charged = amount ?? invoice.Amount;
        var split = books.Splits.All.FirstOrDefault(s => s.Code is not null && s.Code == invoice.SplitCode);
        var transaction = books.Save(new Transaction
        {
            Id = books.NextId(), Reference = "pos_" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 10),
            AccessCode = RandomNumberGenerator.GetHexString(15, lowercase: true), Customer = books.FindCustomer($"{invoice.CustomerId}")!,
            RequestedAmount = charged, Amount = charged, Currency = invoice.Currency, EntryPoint = "pos_initialize", CreatedAt = now, PaidAt = now,
            Status = TransactionStatus.Success, Channel = "pos", Message = "Payment Made", GatewayResponse = "Approved or completed successfully",
            TerminalId = push.TerminalId, Split = split, Shares = split is null ? null : Sharing.Of(split, charged, 0),
        });
        var charge = () => books.Announce("charge.success", transaction.Reference, TransactionJson.Of(transaction));
        var request = () => books.Announce("paymentrequest.success", transaction.Reference, Invoices.Json(books, paid));
        Action[] order = events switch { "reversed" => [request, charge], "charge" => [charge], "request" => [request], _ => [charge, request] };
        foreach (var announce in order)
            announce();
        return transaction;
    }

    public static void Decline(Integration books, Push push, Invoice invoice)
    {
        books.Pushes.Save(push with { Done = true });
        books.Announce("invoice.payment_failed", invoice.OfflineReference, new JsonObject
        {
            ["invoice_code"] = invoice.Code, ["amount"] = invoice.Amount, ["status"] = "failed", ["paid"] = false, ["domain"] = "test",
        });
    }
}
