namespace WebWaka.PaystackSandbox;

/// <summary>POST /refund. Without an amount it asks for the full original amount, also after a partial refund.</summary>
internal static class CreateRefund
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/refund", Handle);

    static Answer Handle(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (body.Text("transaction") is not { } named)
                return Refusals.Missing("Transaction is required");
            if ((books.Find(named) ?? (long.TryParse(named, out var id) ? books.Find(id) : null)) is not { } transaction)
                return Refusals.TransactionNotFound();
            var (amount, unreadable) = body.Amount("amount") ?? (transaction.Amount, null);
            if (unreadable is not null)
                return unreadable;
            if (Refunding.Refusal(books, transaction, amount, body.Text("currency")) is { } refusal)
                return refusal;
            var refund = Refunding.Open(books, transaction, amount, body.Text("customer_note"), body.Text("merchant_note"));
            return Answer.Ok("Refund has been queued for processing",
                RefundJson.Created(refund, books.Find(transaction.Reference)!, books.Id));
        }
    }
}
