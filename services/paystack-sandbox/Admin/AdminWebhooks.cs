using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>
/// Events as a switchboard.
/// <code>
/// GET  /sandbox/webhooks          every event with its state (pending, delivered, failed, dropped, held), attempts and last status
/// POST /sandbox/webhooks/resend   {reference, event?, times?}       the same bytes again, all at once
/// POST /sandbox/webhooks/release  {order? as-held | reversed}       what was held, and no longer holds
/// POST /sandbox/webhooks/send     {body, signature?}                any body; without a signature the right one, "" for none
/// </code>
/// </summary>
internal static class AdminWebhooks
{
    public static void Map(RouteGroupBuilder admin)
    {
        admin.MapGet("/webhooks", List);
        admin.MapPost("/webhooks/resend", Resend);
        admin.MapPost("/webhooks/release", Release);
        admin.MapPost("/webhooks/send", Send);
    }

    static Answer List(HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
            return Answer.Ok("Webhooks", new JsonArray([.. books.Deliveries.Select(d => new JsonObject
            {
                ["id"] = d.Id, ["event"] = d.Event, ["reference"] = d.Reference, ["state"] = d.State,
                ["attempts"] = d.Attempts, ["last_status"] = d.LastStatus, ["signature"] = d.Signature, ["body"] = d.Body,
            })]));
    }

    static Answer Resend(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            var wanted = body.Text("event");
            var found = books.Deliveries.FirstOrDefault(d =>
                d.Reference == body.Text("reference") && (wanted is null || d.Event == wanted));
            if (found is null)
                return Refusals.TransactionNotFound();
            var times = int.TryParse(body.Text("times"), out var asked) ? Math.Clamp(asked, 1, 1_000) : 1;
            for (var i = 0; i < times; i++)
                books.Dispatch(found with { Id = books.NextId(), Attempts = 0, LastStatus = null, CreatedAt = books.Clock.Now });
            return Answer.Ok("Sent again", new JsonObject { ["times"] = times });
        }
    }

    static async Task<Answer> Release(Body body, HttpContext context)
    {
        var books = context.Integration();
        books.Switches.Webhooks = "deliver";
        List<Delivery> held;
        lock (books.Gate)
            held = [.. books.Deliveries.Where(d => d.State is "held")];
        if (body.Text("order") is "reversed")
            held.Reverse();
        // One after the other, so that the order of arrival is the order asked for.
        foreach (var delivery in held)
        {
            lock (books.Gate)
                books.Dispatch(delivery);
            await books.AllTried().WaitAsync(context.RequestAborted);
        }
        return Answer.Ok("Released", new JsonObject { ["count"] = held.Count });
    }

    static Answer Send(Body body, HttpContext context)
    {
        var books = context.Integration();
        if (body.Text("body") is not { } text)
            return Refusals.Missing("body is required");
        lock (books.Gate)
            books.Send("custom", null, text, body["signature"] is JsonValue given ? given.ToString() : books.Sign(text));
        return Answer.Ok("Sent", new JsonObject());
    }
}
