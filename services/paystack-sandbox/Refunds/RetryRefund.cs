namespace WebWaka.PaystackSandbox;

/// <summary>POST /refund/retry_with_customer_details/{id}: only for a refund that needs attention.</summary>
internal static class RetryRefund
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/refund/retry_with_customer_details/{id}", Handle);

    static Answer Handle(string id, Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (!long.TryParse(id, out var number) || books.FindRefund(number) is not { } refund)
                return Refusals.RefundNotFound();
            if (refund.Status is not "needs-attention")
                return Refusals.RefundNotRetryable();
            if (body.Object("refund_account_details") is not { } account
                || Body.Text(account, "currency") is null || Body.Text(account, "account_number") is null
                    || Body.Text(account, "bank_id") is null)
                return Refusals.Missing("Refund account details are required");
            var retried = Refunding.Move(books, refund, "processing");
            return Answer.Ok("Refund retried and has been queued for processing",
                RefundJson.Read(retried, books.Find(refund.TransactionReference)!, books.Id));
        }
    }
}
