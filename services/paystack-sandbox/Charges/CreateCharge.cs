using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>POST /charge: takes one instrument. A charge that was processed is 200 also when it failed.</summary>
internal static class CreateCharge
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/charge", Handle);

    static Answer Handle(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            var (request, refusal) = PaymentRequest.Read(body, books);
            if (request is null)
                return refusal!;
            var (plan, unusable) = Instruments.Plan(body, request, books);
            if (plan is null)
                return unusable!;
            var transaction = Begin(books, request, plan, context.Request);
            return Answer.Ok("Charge attempted", ChargeJson.Of(transaction));
        }
    }

    static Transaction Begin(Integration books, PaymentRequest request, ChargePlan plan, HttpRequest http)
    {
        var transaction = request.ToTransaction(books, "charge") with
        {
            Channel = plan.Channel, Authorization = plan.Authorization, RefundOutcome = plan.RefundOutcome,
        };
        if (plan.Status is TransactionStatus.Success)
            return Settlement.Succeed(books, transaction);
        if (plan.Status is TransactionStatus.Failed)
            return Settlement.Fail(books, transaction, plan.Message!);
        var fields = plan.Fields;
        if (plan.Status is "open_url" || plan.Channel is "qr")
            fields["url"] = CheckoutPage.Address(transaction, books.Options, http);
        if (plan.Channel is "qr")
            fields["qr_code"] = transaction.AccessCode;
        return books.Save(transaction with
        {
            // A PIN that was not given leaves it abandoned; a customer who acts elsewhere makes it ongoing.
            Status = plan.Status is "send_pin" ? TransactionStatus.Abandoned : TransactionStatus.Ongoing,
            ChargeStatus = plan.Status,
            ChargeFields = fields,
            Steps = plan.Steps,
            ExpiresAt = plan.ExpiresAfter is { } span ? books.Clock.After(span) : null,
        });
    }
}

internal static class ChargeJson
{
    /// <summary>The whole transaction once it is decided; before that only what the next step needs.</summary>
    public static JsonObject Of(Transaction transaction)
    {
        if (transaction.ChargeStatus is not { } status)
            return TransactionJson.Of(transaction);
        var data = new JsonObject { ["reference"] = transaction.Reference, ["status"] = status };
        if (transaction.Steps is [{ DisplayText: { } text }, ..])
            data["display_text"] = text;
        foreach (var (name, value) in transaction.ChargeFields ?? [])
            data[name] = value?.DeepClone();
        return data;
    }
}
