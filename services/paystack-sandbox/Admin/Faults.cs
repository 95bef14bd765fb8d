using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>Applies an armed fault around the endpoint: the endpoint has committed once it returns, and has not yet answered.</summary>
internal static class Faults
{
    public static async ValueTask<object?> Apply(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var books = http.Integration();
        var fault = books.Switches.Take(http.Request.Path);
        if (fault is "hang-before")
            return await Hang(http);
        if (fault is "error-before")
            return Answer.Refuse(StatusCodes.Status500InternalServerError, "An error occurred", "unknown", "Try again later", "api_error");
        if (fault is "rate-limit")
        {
            http.Response.Headers["x-ratelimit-reset"] = "1";
            return Answer.Refuse(StatusCodes.Status429TooManyRequests, "Rate limit exceeded", "rate_limited", "Try again later",
                "api_error");
        }
        var result = await next(context);
        switch (fault)
        {
            case "hang-after":
                return await Hang(http);
            case "bad-gateway-after":
                return Results.Text("<html><body><h1>502 Bad Gateway</h1></body></html>", "text/html",
                    statusCode: StatusCodes.Status502BadGateway);
            case "webhook-first":
                Pay(books, result as Answer);
                await books.AllTried().WaitAsync(http.RequestAborted);
                return result;
            default:
                return result;
        }
    }

    // A customer cannot pay before the page's address is known, but the event may still be the first to arrive.
    static void Pay(Integration books, Answer? answer)
    {
        if (answer?.Body["data"] is not JsonObject data || data["reference"]?.GetValue<string>() is not { } reference)
            return;
        lock (books.Gate)
        {
            if (books.Find(reference) is { } transaction && TransactionStatus.IsOpen(transaction.Status))
                Settlement.Succeed(books, transaction);
        }
    }

    /// <summary>Says nothing until the caller gives up.</summary>
    static async Task<IResult> Hang(HttpContext http)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Results.Empty;
    }
}
