using System.Collections;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WebWaka.CellKit;

/// <summary>
/// What the lines of the log that are written meanwhile are about: a shop and a sale, by their ids, and never a person. That of a
/// request also knows how long the sale took.
/// </summary>
public sealed class LogScope(Guid? tenant = null, Guid? sale = null) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private bool _sells;

    public Guid? Tenant { get; set; } = tenant;

    public Guid? Sale { get; private set; } = sale;

    /// <summary>A handler takes the one of its request as a parameter.</summary>
    public static ValueTask<LogScope> BindAsync(HttpContext http) => new(http.Features.Get<LogScope>() ?? new LogScope());

    public void About(Guid sale)
    {
        Sale = sale;
        if (Activity.Current is { IsAllDataRequested: true } span)
            span.SetTag("webwaka.sale", sale);
    }

    /// <summary>This request completes the sale: its time is measured.</summary>
    public void Sells(Guid sale)
    {
        About(sale);
        _sells = true;
    }

    /// <summary>Of an event that made trouble.</summary>
    internal static LogScope Of(Envelope e) => new(e.TenantId, SaleOf(e.Payload));

    public static void Use(WebApplication app, string cell)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("WebWaka.Request");
        app.Use(async (http, next) =>
        {
            var scope = new LogScope();
            http.Features.Set(scope);
            if (Activity.Current is { IsAllDataRequested: true } span)
                span.SetTag(Observing.CellTag, cell);
            var started = Stopwatch.GetTimestamp();
            using (log.BeginScope(scope))
                await next(http);
            if (scope._sells && Metrics.SaleDuration.Enabled)
                Metrics.SaleDuration.Record(
                    Stopwatch.GetElapsedTime(started).TotalSeconds, TenantTag.Of(scope.Tenant), new("outcome", OutcomeOf(http.Response.StatusCode)));
        });
    }

    /// <summary>Once it is known who asks.</summary>
    public static void UseTenant(WebApplication app) => app.Use((http, next) =>
    {
        if (http.Features.Get<LogScope>() is { } scope && Guid.TryParse(http.User.FindFirst(Claims.Tenant)?.Value, out var tenant))
            scope.Tenant = tenant;
        return next(http);
    });

    private static string OutcomeOf(int status) => status switch { < 300 => "completed", < 500 => "refused", _ => "failed" };

    private static Guid? SaleOf(string payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("saleId", out var id)
                && id.ValueKind == JsonValueKind.String && id.TryGetGuid(out var sale) ? sale : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public int Count => (Tenant is null ? 0 : 1) + (Sale is null ? 0 : 1);

    public KeyValuePair<string, object?> this[int index] => this.ElementAt(index);

    /// <summary>As text: Sentry takes over nothing else.</summary>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        if (Tenant is { } tenant)
            yield return new("tenant", tenant.ToString());
        if (Sale is { } sale)
            yield return new("sale", sale.ToString());
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', this.Select(pair => $"{pair.Key}:{pair.Value}"));
}
