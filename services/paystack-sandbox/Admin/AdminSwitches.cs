using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>
/// What no real Paystack offers. All take the integration's own Bearer key and act on it alone.
/// <code>
/// POST /sandbox/settle        {reference, status, amount?, currency?, message?}   any status; success announces charge.success
/// POST /sandbox/transfer      {reference, amount}      money arrives on a bank_transfer account: paid, or bank.transfer.rejected
/// POST /sandbox/refunds/{id}  {status}                 pending | processing | processed | failed | needs-attention
/// PUT  /sandbox/settings      {webhookUrl?, webhooks? deliver|drop|hold, customerPaysFees?, defaultCurrency?, currencies?[],
///                              unknownReferenceStatus? 400|404}
/// POST /sandbox/faults        {kind, path, times?}     kind: hang-before | hang-after | error-before | bad-gateway-after
///                                                      | webhook-first | rate-limit, before or after the commit; path is a prefix
///                                                      such as /charge
/// POST /sandbox/answers       {of, reference?, status?, amount?, currency?}   what verify says from now on, whatever was announced
/// </code>
/// Events are in <see cref="AdminWebhooks"/>.
/// </summary>
internal static class AdminSwitches
{
    static readonly string[] RefundStates = ["pending", "processing", "processed", "failed", "needs-attention"];

    public static void Map(RouteGroupBuilder admin)
    {
        admin.MapPost("/settle", Settle);
        admin.MapPost("/transfer", Transfer);
        admin.MapPost("/refunds/{id:long}", MoveRefund);
        admin.MapPut("/settings", Set);
        admin.MapPost("/faults", Arm);
        admin.MapPost("/answers", Say);
    }

    static Answer Settle(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (books.Find(body.Text("reference") ?? "") is not { } transaction)
                return Refusals.TransactionNotFound();
            if (transaction.IsPaid)
                return Refusals.Invalid("It is paid already");
            var (amount, unreadable) = body.Amount("amount") ?? (0, null);
            if (unreadable is not null)
                return unreadable;
            var status = body.Text("status") ?? TransactionStatus.Success;
            var settled = status switch
            {
                TransactionStatus.Success =>
                    Settlement.Succeed(books, transaction, amount: amount > 0 ? amount : null, currency: body.Text("currency")),
                TransactionStatus.Failed => Settlement.Fail(books, transaction, body.Text("message") ?? "Declined"),
                _ when TransactionStatus.IsOpen(status) => books.Save(transaction with { Status = status, ExpiresAt = null }),
                _ => null,
            };
            return settled is null ? Refusals.Invalid("Unknown status") : Answer.Ok("Settled", TransactionJson.Of(settled));
        }
    }

    static Answer Transfer(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (books.Find(body.Text("reference") ?? "") is not { Channel: "bank_transfer", ChargeStatus: not null } transaction)
                return Refusals.TransactionNotFound();
            if (body.Amount("amount") is not (var amount, null))
                return Refusals.AmountInvalid();
            return amount == transaction.Amount
                ? Answer.Ok("Paid", TransactionJson.Of(Settlement.Succeed(books, transaction)))
                : Answer.Ok("Rejected", TransactionJson.Of(Reject(books, transaction, amount)));
        }
    }

    /// <summary>Another amount than asked goes back to its sender, and the account goes on waiting.</summary>
    public static Transaction Reject(Integration books, Transaction transaction, long amount)
    {
        books.Announce("bank.transfer.rejected", transaction.Reference, Rejected(books, transaction, amount));
        return transaction;
    }

    static JsonObject Rejected(Integration books, Transaction transaction, long amount)
    {
        var customer = TransactionJson.Of(transaction.Customer);
        customer["domain"] = "test";
        customer["integration"] = books.Id;
        return new JsonObject
        {
            ["bank_transfer"] = new JsonObject
            {
                ["amount"] = $"{amount}", ["message"] = "incorrect amount sent",
                ["message_type"] = "INCORRECT_AMOUNT", ["transaction_id"] = $"{transaction.Id}",
            },
            ["customer"] = customer,
        };
    }

    static Answer MoveRefund(long id, Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (books.FindRefund(id) is not { } refund)
                return Refusals.RefundNotFound();
            if (body.Text("status") is not { } status || !RefundStates.Contains(status) || !refund.IsOpen)
                return Refusals.Invalid("Unknown status, or the refund is final");
            var moved = Refunding.Move(books, refund, status);
            return Answer.Ok("Moved", RefundJson.Read(moved, books.Find(moved.TransactionReference)!, books.Id));
        }
    }

    static Answer Set(Body body, HttpContext context)
    {
        var switches = context.Integration().Switches;
        if (body.Text("webhookUrl") is { } address)
            switches.WebhookUrl = Uri.TryCreate(address, UriKind.Absolute, out var url) ? url : switches.WebhookUrl;
        if (body.Text("webhooks") is "deliver" or "drop" or "hold")
            switches.Webhooks = body.Text("webhooks")!;
        if (body["customerPaysFees"] is not null)
            switches.CustomerPaysFees = body.Flag("customerPaysFees");
        if (body.Text("defaultCurrency") is { } currency && Currencies.Minimum.ContainsKey(currency))
            switches.DefaultCurrency = currency;
        if (body["currencies"] is JsonArray enabled)
            switches.EnabledCurrencies = [.. enabled.Select(c => c!.ToString()).Where(Currencies.Minimum.ContainsKey)];
        if (body.Text("unknownReferenceStatus") is "400" or "404")
            switches.UnknownReferenceStatus = int.Parse(body.Text("unknownReferenceStatus")!);
        return Answer.Ok("Set", new JsonObject());
    }

    static Answer Arm(Body body, HttpContext context)
    {
        if (body.Text("kind") is not { } kind || !Fault.Kinds.Contains(kind) || body.Text("path") is not { } path)
            return Refusals.Invalid("Name a known kind and a path");
        var times = int.TryParse(body.Text("times"), out var asked) ? asked : 1;
        context.Integration().Switches.Arm(new Fault(kind, path, times));
        return Answer.Ok("Armed", new JsonObject());
    }

    static Answer Say(Body body, HttpContext context)
    {
        if (body.Text("of") is not { } reference)
            return Refusals.Missing("Name whose answer it is: of");
        var said = new JsonObject();
        foreach (var member in (string[])["reference", "status", "currency"])
        {
            if (body.Text(member) is { } text)
                said[member] = text;
        }

        if (body.Amount("amount") is (var amount, null))
            said["amount"] = amount;
        context.Integration().Switches.Answers[reference] = said;
        return Answer.Ok("Set", new JsonObject());
    }
}
