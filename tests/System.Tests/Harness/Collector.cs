using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using WebWaka.Standalone;

namespace WebWaka.Distributed.Tests;

/// <summary>A span as it arrived. <c>Parent</c> is empty at the root.</summary>
internal sealed record Span(
    string Service, string Trace, string Id, string Parent, string Name, ulong Start, ulong End, IReadOnlyDictionary<string, string> Tags);

/// <summary>A number's name with the tags of one of its series.</summary>
internal sealed record Series(string Service, string Name, IReadOnlyDictionary<string, string> Tags);

/// <summary>
/// Takes what the system tells of itself: OTLP by HTTP from the first replicas and by gRPC from the second ones, and Sentry's
/// envelopes. Spans come of those traces alone that a test began as recorded.
/// </summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly int _http = FreePort.Choose();
    private readonly int _grpc = FreePort.Choose();
    private WebApplication _app = null!;

    public ConcurrentQueue<Span> Spans { get; } = new();

    public ConcurrentDictionary<string, Series> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Every log record with its attributes and scopes, as text.</summary>
    public ConcurrentQueue<string> LogRecords { get; } = new();

    /// <summary>Every envelope for Sentry, as text.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Which protocol each body came by.</summary>
    public ConcurrentDictionary<string, int> Protocols { get; } = new(StringComparer.Ordinal);

    public IEnumerable<(string Name, string? Value)> VariablesOf(string service, int replica)
    {
        if (service == Wiring.PaystackSandbox)
            return [];
        return VariablesFor(grpc: replica % 2 == 1);
    }

    public (string Name, string? Value)[] VariablesFor(bool grpc) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{Text(grpc ? _grpc : _http)}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", grpc ? "grpc" : "http/protobuf"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "2000"), ("OTEL_BSP_SCHEDULE_DELAY", "500"), ("OTEL_BLRP_SCHEDULE_DELAY", "500"),
        ("OTEL_TRACES_SAMPLER", "parentbased_always_off"), ("SENTRY_DSN", $"http://key@127.0.0.1:{Text(_http)}/7"),
    ];

    public static async Task<Collector> Start()
    {
        var collector = new Collector();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, collector._http, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, collector._grpc, listen => listen.Protocols = HttpProtocols.Http2);
        });
        collector._app = builder.Build();
        collector._app.Run(collector.Take);
        await collector._app.StartAsync();
        return collector;
    }

    private async Task Take(HttpContext http)
    {
        await using var bytes = new MemoryStream();
        var zipped = http.Request.Headers.ContentEncoding == "gzip";
        await using Stream body = zipped ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
        await body.CopyToAsync(bytes);
        var path = http.Request.Path.Value!;
        if (path.EndsWith("/envelope/", StringComparison.Ordinal))
        {
            Errors.Enqueue(System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
            return;
        }

        var grpc = http.Request.ContentType == "application/grpc";
        Protocols.AddOrUpdate(grpc ? "grpc" : http.Request.ContentType!, 1, (_, n) => n + 1);
        // gRPC puts five bytes before a message: whether it is compressed, and its length.
        var message = Protobuf.Read(bytes.ToArray().AsMemory(grpc ? 5 : 0));
        if (path.Contains("trace", StringComparison.OrdinalIgnoreCase))
            TakeSpans(message);
        else if (path.Contains("metrics", StringComparison.OrdinalIgnoreCase))
            TakeNumbers(message);
        else
            TakeLogs(message);
        http.Response.ContentType = grpc ? "application/grpc" : "application/x-protobuf";
        if (!grpc)
            return;
        http.Response.DeclareTrailer("grpc-status");
        await http.Response.Body.WriteAsync(new byte[5]);
        http.Response.AppendTrailer("grpc-status", "0");
    }

    // Field numbers are those of opentelemetry-proto 1.x: resource spans > scope spans > spans, and the like.
    private void TakeSpans(Protobuf message)
    {
        foreach (var (service, scope) in Scopes(message))
        {
            foreach (var span in scope.All(2))
                Spans.Enqueue(new Span(service, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Number(7), span.Number(8), Tags(span.All(9))));
        }
    }

    private void TakeNumbers(Protobuf message)
    {
        foreach (var (service, scope) in Scopes(message))
        {
            foreach (var metric in scope.All(2))
            {
                // Gauge 5, sum 7 and histogram 9 hold their points in field 1; a histogram's point has its attributes in 9, the others' in 7.
                var points = new[] { 5, 7, 9 }
                    .SelectMany(kind => metric.All(kind).SelectMany(data => data.All(1)).Select(point => point.All(kind == 9 ? 9 : 7)));
                foreach (var tags in points)
                {
                    var series = new Series(service, metric.Text(1), Tags(tags));
                    Numbers[$"{series.Service} {series.Name} {string.Join(' ', series.Tags)}"] = series;
                }
            }
        }
    }

    private void TakeLogs(Protobuf message)
    {
        foreach (var (service, scope) in Scopes(message))
        {
            foreach (var record in scope.All(2))
                LogRecords.Enqueue($"{service} {Value(record.One(5))} {string.Join(' ', Tags(record.All(6)))}");
        }
    }

    private static IEnumerable<(string Service, Protobuf Scope)> Scopes(Protobuf message) =>
        from resource in message.All(1)
        let service = Tags(resource.One(1)!.All(1))["service.name"]
        from scope in resource.All(2)
        select (service, scope);

    private static Dictionary<string, string> Tags(IEnumerable<Protobuf> attributes)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
            tags[attribute.Text(1)] = Value(attribute.One(2));
        return tags;
    }

    private static string Value(Protobuf? value) => value is null ? "" : value.Text(1) is { Length: > 0 } text ? text : Text((long)value.Number(3));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
