using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>GET /transaction/verify/{reference} and GET /transaction/{id}: a known transaction is 200, paid or not.</summary>
internal static class VerifyTransaction
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/transaction/verify/{reference}", Verify);
        api.MapGet("/transaction/{id}", Fetch);
    }

    static Answer Verify(string reference, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
            return books.Find(reference) is { } transaction
                ? Answer.Ok("Verification successful", Otherwise(books, reference, TransactionJson.Of(transaction)))
                : Refusals.ReferenceNotFound(books.Switches.UnknownReferenceStatus);
    }

    /// <summary>With what a switch says instead.</summary>
    static JsonObject Otherwise(Integration books, string reference, JsonObject data)
    {
        if (books.Switches.Answers.TryGetValue(reference, out var said))
        {
            foreach (var (member, value) in said)
                data[member] = value!.DeepClone();
        }

        return data;
    }

    static Answer Fetch(string id, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (!long.TryParse(id, out var number) || books.Find(number) is not { } transaction)
                return Refusals.TransactionNotFound();
            var data = TransactionJson.Of(transaction);
            data["helpdesk_link"] = null;
            return Answer.Ok("Transaction retrieved", data);
        }
    }
}
