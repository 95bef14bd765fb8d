using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>Maps what escapes a handler, and every bare status code, to problem details: the one place where that is done.</summary>
public static class ProblemHandling
{
    private const string ItemKey = "webwaka.problem";

    public static void AddProblemHandling(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            if (context.ProblemDetails.Extensions.ContainsKey("code"))
                return;
            var problem = context.HttpContext.Items[ItemKey] as Problem
                ?? CommonProblems.ForStatus(context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode);
            context.ProblemDetails.Title = problem.Title;
            context.ProblemDetails.Detail = problem.Detail;
            context.ProblemDetails.Type = $"https://webwaka.dev/problems/{problem.Code}";
            context.ProblemDetails.Extensions["code"] = problem.Code;
        });
        services.AddExceptionHandler<Handler>();
    }

    public static void UseProblemHandling(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages();
    }

    /// <summary>Says which problem a bare status code of this request stands for.</summary>
    public static void SetProblem(this HttpContext http, Problem problem) => http.Items[ItemKey] = problem;

    private sealed class Handler(ILogger<Handler> log) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken ct)
        {
            if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
                return true;
            var problem = ProblemOf(exception);
            if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            {
                // The surroundings' doing and soon over: no error of ours, and nothing for whoever mends errors.
                log.LogWarning("{Method} {Path} has to wait: {Error}", http.Request.Method, http.Request.Path.Value, exception.GetBaseException().Message);
                http.Response.Headers.RetryAfter = "1";
            }
            else if (problem.Status >= 500)
            {
                // Once more, now that it is known which shop and sale: an error report takes a scope as it was at its beginning.
                using var about = http.Features.Get<LogScope>() is { } scope ? log.BeginScope(scope) : null;
                log.LogError(exception, "{Method} {Path} failed", http.Request.Method, http.Request.Path.Value);
            }

            await problem.ToHttp().ExecuteAsync(http);
            return true;
        }
    }

    private static Problem ProblemOf(Exception exception) => exception switch
    {
        ProblemException known => known.Problem,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => CommonProblems.BodyTooLarge,
        BadHttpRequestException { InnerException: JsonException json } => CommonProblems.MalformedRequest.With(Where(json)),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => CommonProblems.UnsupportedMediaType,
        BadHttpRequestException => CommonProblems.MalformedRequest,
        JsonException json => CommonProblems.MalformedRequest.With(Where(json)),
        DbUpdateConcurrencyException => CommonProblems.VersionMoved,
        DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } } => CommonProblems.AlreadyExists,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => CommonProblems.AlreadyExists,
        NpgsqlException { IsTransient: true } or TimeoutException => CommonProblems.TryAgain,
        InvalidOperationException { InnerException: NpgsqlException { IsTransient: true } } => CommonProblems.TryAgain,
        DbUpdateException { InnerException: NpgsqlException { IsTransient: true } } => CommonProblems.TryAgain,
        _ => CommonProblems.InternalError,
    };

    /// <summary>Our own converters' messages and the place; never the serializer's type names.</summary>
    private static string Where(JsonException json)
    {
        var what = json.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) ? "an unknown member"
            : json.Message.Contains("missing required properties", StringComparison.Ordinal) ? $"a required member is missing: {Named(json.Message)}"
            : "not valid";
        return json.Path is { Length: > 0 } path ? $"{path}: {what}" : what;
    }

    /// <summary>The members at the end of the serializer's sentence, which begins with the type's name: "...including: 'a', 'b'."</summary>
    private static string Named(string message) =>
        message.Split("including:") is [_, var members] ? members.Split(" Path:")[0].Trim(' ', '.').Replace("'", "", StringComparison.Ordinal) : "";
}
