using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

internal static class Wire
{
    /// <summary>
    /// Paystack sends letters and signs as they are. So does this, so that a caller that re-serialises a body with escapes
    /// computes another signature here too.
    /// </summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
        { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Date(DateTimeOffset? date) => date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
}

/// <summary>Paystack's envelope: <c>status</c> is about the call, never about the payment.</summary>
internal sealed class Answer(int httpStatus, JsonObject body) : IResult
{
    public JsonObject Body => body;

    public static Answer Ok(string message, JsonNode data, JsonObject? meta = null)
    {
        var body = new JsonObject { ["status"] = true, ["message"] = message, ["data"] = data };
        if (meta is not null)
            body["meta"] = meta;
        return new Answer(StatusCodes.Status200OK, body);
    }

    public static Answer Created(string message, JsonNode data) =>
        new(StatusCodes.Status201Created, new JsonObject { ["status"] = true, ["message"] = message, ["data"] = data });

    public static Answer Refuse(int httpStatus, string message, string code, string nextStep, string type = "validation_error") =>
        new(httpStatus, new JsonObject
        {
            ["status"] = false, ["message"] = message,
            ["meta"] = new JsonObject { ["nextStep"] = nextStep },
            ["type"] = type, ["code"] = code,
        });

    public Task ExecuteAsync(HttpContext context)
    {
        context.Response.StatusCode = httpStatus;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(body.ToJsonString(Wire.Json), context.RequestAborted);
    }
}
