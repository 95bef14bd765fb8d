using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>POST /transaction/initialize: books an abandoned transaction and gives the address of its checkout page.</summary>
internal static class InitializeTransaction
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/transaction/initialize", Handle);

    static Answer Handle(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            var (request, refusal) = PaymentRequest.Read(body, books);
            if (request is null)
                return refusal!;
            var transaction = books.Save(request.ToTransaction(books, "transaction_initialize"));
            return Answer.Ok("Authorization URL created", new JsonObject
            {
                ["authorization_url"] = CheckoutPage.Address(transaction, books.Options, context.Request),
                ["access_code"] = transaction.AccessCode,
                ["reference"] = transaction.Reference,
            });
        }
    }
}
