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
                ? Answer.Ok("Verification successful", TransactionJson.Of(transaction))
                : Refusals.ReferenceNotFound(books.Switches.UnknownReferenceStatus);
    }

    static Answer Fetch(string id, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
            return long.TryParse(id, out var number) && books.Find(number) is { } transaction
                ? Answer.Ok("Transaction retrieved", TransactionJson.Of(transaction))
                : Refusals.TransactionNotFound();
    }
}
