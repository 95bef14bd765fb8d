using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>POST and GET /customer: an address is one customer, however often it is made.</summary>
internal static class Customers
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/customer", Create);
        api.MapGet("/customer/{code}", Fetch);
    }

    static Answer Create(Body body, HttpContext context)
    {
        var books = context.Integration();
        if (body.Text("email") is not { } email)
            return Refusals.Missing("Email Address is required");
        if (!email.Contains('@', StringComparison.Ordinal))
            return Refusals.InvalidEmail();
        lock (books.Gate)
            return Answer.Ok("Customer created", Json(books, books.CustomerOf(email)));
    }

    static Answer Fetch(string code, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
            return books.FindCustomer(code) is { } customer ? Answer.Ok("Customer retrieved", Json(books, customer)) : Refusals.NotFound("Customer");
    }

    static JsonObject Json(Integration books, Customer customer)
    {
        var json = TransactionJson.Of(customer);
        foreach (var list in (string[])["transactions", "subscriptions", "authorizations"])
            json[list] = new JsonArray();
        (json["integration"], json["domain"], json["identified"], json["identifications"]) = (books.Id, "test", false, null);
        (json["createdAt"], json["updatedAt"]) = (Wire.Date(books.Clock.Now), Wire.Date(books.Clock.Now));
        return json;
    }
}
