using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>/terminal: devices, whether they are there, and what is pushed to them. A push that is accepted is not yet shown.</summary>
internal static class Terminals
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/terminal/commission_device", Commission);
        api.MapPost("/terminal/decommission_device", Decommission);
        api.MapGet("/terminal", List);
        api.MapGet("/terminal/{id}", (string id, HttpContext context) => With(id, context, "Terminal retrieved successfully", (books, t) => Json(books, t)));
        api.MapPut("/terminal/{id}", (string id, Body body, HttpContext context) => With(id, context, "Terminal Details updated", (books, t) =>
            Json(books, books.Terminals.Save(t with { Name = body.Text("name") ?? t.Name, Address = body.Text("address") ?? t.Address }))));
        api.MapGet("/terminal/{id}/presence", (string id, HttpContext context) => With(id, context, "Terminal status retrieved successfully",
            (_, t) => new JsonObject { ["online"] = t.Online, ["available"] = t.Available }));
        api.MapPost("/terminal/{id}/event", Push);
        api.MapGet("/terminal/{id}/event/{push}", Delivered);
    }

    public static Terminal? Find(Integration books, string? id) =>
        books.Terminals.All.FirstOrDefault(t => t.Status is "active" && (t.TerminalId == id || $"{t.Id}" == id));

    static Answer Commission(Body body, HttpContext context)
    {
        var books = context.Integration();
        if (body.Text("serial_number") is not { } serial)
            return Refusals.Missing("Serial number is required");
        lock (books.Gate)
        {
            if (books.Terminals.All.FirstOrDefault(t => t.SerialNumber == serial) is { } known)
            {
                if (known.Status is "active")
                    return new Answer(StatusCodes.Status200OK, new JsonObject { ["status"] = false, ["message"] = "Device has been commissioned already" });
                books.Terminals.Save(known with { Status = "active" });
            }
            else
            {
                var id = books.NextId();
                books.Terminals.Save(new Terminal(id, serial, $"2872{id % 10_000:0000}", serial, "", "active"));
            }
        }

        return new Answer(StatusCodes.Status200OK, new JsonObject { ["status"] = true, ["message"] = "Device commissioned successfully" });
    }

    static Answer Decommission(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (books.Terminals.All.FirstOrDefault(t => t.SerialNumber == body.Text("serial_number")) is not { } known)
                return Refusals.NotFound("Device");
            books.Terminals.Save(known with { Status = "inactive" });
        }

        return new Answer(StatusCodes.Status200OK, new JsonObject { ["status"] = true, ["message"] = "Device decommissioned successfully" });
    }

    static Answer List(HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
            return Answer.Ok("Terminals retrieved successfully",
                new JsonArray([.. books.Terminals.All.Where(t => t.Status is "active").Select(t => Json(books, t))]),
                new JsonObject { ["next"] = null, ["previous"] = null, ["perPage"] = 50 });
    }

    static Answer Push(string id, Body body, HttpContext context) => With(id, context, "Event sent to Terminal", (books, terminal) =>
    {
        var data = body.Object("data") ?? [];
        if (body.Text("type") is not "invoice" || body.Text("action") is not ("process" or "view"))
            return Refusals.Invalid("Invalid event type or action");
        var invoice = long.TryParse(Body.Text(data, "id"), out var number) ? books.Invoices.Find(number) : null;
        if (invoice is null || invoice.OfflineReference != Body.Text(data, "reference"))
            return Refusals.NotFound("Invoice");
        var shown = terminal is { Online: true, Delivers: true };
        var push = books.Pushes.Save(new Push(
            books.NextId(), RandomNumberGenerator.GetHexString(24, lowercase: true), terminal.TerminalId, invoice.Id, shown, books.Clock.Now));
        return new JsonObject { ["id"] = push.Key };
    });

    static Answer Delivered(string id, string push, HttpContext context) => With(id, context, "Message Status Retrieved", (books, terminal) =>
        books.Pushes.All.FirstOrDefault(p => p.Key == push && p.TerminalId == terminal.TerminalId) is { } found
            ? new JsonObject { ["delivered"] = found.Delivered }
            : Refusals.PushInvalid());

    /// <param name="then">The answer's data, or a refusal.</param>
    static Answer With(string id, HttpContext context, string message, Func<Integration, Terminal, object> then)
    {
        var books = context.Integration();
        lock (books.Gate)
            return Find(books, id) is not { } terminal ? Refusals.NotFound("Terminal")
                : then(books, terminal) is var result && result is Answer refusal ? refusal : Answer.Ok(message, (JsonObject)result);
    }

    static JsonObject Json(Integration books, Terminal t) => new()
    {
        ["id"] = t.Id, ["serial_number"] = t.SerialNumber, ["device_make"] = null, ["terminal_id"] = t.TerminalId, ["integration"] = books.Id,
        ["domain"] = "test", ["name"] = t.Name, ["address"] = t.Address, ["status"] = t.Status, ["split_code"] = null,
    };
}
