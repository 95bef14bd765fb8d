using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>
/// POST /charge/submit_{pin|otp|phone|birthday|address} and GET /charge/{reference}. A wrong answer ends the charge: the right one
/// after it still fails.
/// </summary>
internal static class ContinueCharge
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/charge/{reference}", Check);
        foreach (var name in (string[])["pin", "otp", "phone", "birthday", "address"])
            api.MapPost("/charge/submit_" + name, (Body body, HttpContext context) => Submit(name, body, context));
    }

    static Answer Check(string reference, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
            return books.Find(reference) is { } transaction
                ? Answer.Ok("Reference check successful", ChargeJson.Of(transaction))
                : Refusals.ChargeReferenceInvalid();
    }

    static Answer Submit(string name, Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (body.Text("reference") is not { } reference || books.Find(reference) is not { } transaction)
                return Refusals.ChargeReferenceInvalid();
            if (transaction.Status is TransactionStatus.Failed)
                return Dead(transaction);
            if (transaction.Steps is not [var step, .. var rest] || step.Status != "send_" + name)
                return Refusals.Invalid("Charge is not waiting for this");
            if (body.Text(name) is not { } answer)
                return Refusals.Missing($"{name} is required");
            if (!Accepts(step, answer))
                return Dead(Settlement.Fail(books, transaction, name is "pin" ? "Incorrect PIN" : "Token Authorization Not Successful"));
            if (rest is [])
                return Answer.Ok("Charge attempted", ChargeJson.Of(Settlement.Succeed(books, transaction)));
            var waiting = transaction with { Status = TransactionStatus.Ongoing, ChargeStatus = rest[0].Status, Steps = rest };
            return Answer.Ok("Charge attempted", ChargeJson.Of(books.Save(waiting)));
        }
    }

    static bool Accepts(Step step, string answer) => step.Status is "send_phone"
        ? answer.Count(char.IsAsciiDigit) >= 10
        : step.Expected is null || step.Expected == answer;

    // The one failure that is not a 200.
    static Answer Dead(Transaction transaction) => new(StatusCodes.Status400BadRequest, new JsonObject
    {
        ["status"] = false,
        ["message"] = "Charge attempted",
        ["data"] = new JsonObject
        {
            ["reference"] = transaction.Reference, ["status"] = transaction.Status, ["message"] = transaction.Message,
        },
    });
}
