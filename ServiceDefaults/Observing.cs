using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace WebWaka;

/// <summary>
/// What a process tells of itself, configured once in each: traces, metrics and logs go to the OTLP endpoint that is named, by
/// gRPC or HTTP as <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> says. Where none is named nothing is collected.
/// </summary>
public static partial class Observing
{
    /// <summary>The name under which activities and meters are created.</summary>
    public const string Source = "WebWaka";

    /// <summary>The tag that says whose a span or a number is, where several Cells share a process.</summary>
    public const string CellTag = "webwaka.cell";

    /// <summary>
    /// Unless configuration says otherwise there is no line for each request, whose query may name a person, and none for each sign-in,
    /// which does.
    /// </summary>
    private static readonly Dictionary<string, string?> QuietLogs = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        ["Logging:LogLevel:OpenIddict"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Warning",
        ["Logging:LogLevel:Yarp"] = "Warning",
        ["Logging:Console:FormatterOptions:IncludeScopes"] = "true",
    };

    public static bool IsOn(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    /// <summary>How the logs of a process of its own look: in Production a JSON object a line, with the shop and the sale in its scopes.</summary>
    public static void AddLogDefaults(this IHostApplicationBuilder builder)
    {
        var defaults = new Dictionary<string, string?>(QuietLogs, StringComparer.Ordinal);
        if (builder.Environment.IsProduction())
            defaults["Logging:Console:FormatterName"] = "json";
        // First in the list: whatever the operator says comes after it and stands.
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = defaults });
    }

    /// <param name="builder">Of the one container of this process that exports: all others are seen from it.</param>
    /// <param name="service">What the process is called, unless <c>OTEL_SERVICE_NAME</c> says it.</param>
    public static TBuilder AddTelemetry<TBuilder>(this TBuilder builder, string? service = null) where TBuilder : IHostApplicationBuilder
    {
        if (!IsOn(builder.Configuration))
            return builder;
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource =>
            {
                if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_SERVICE_NAME"]))
                    resource.AddService(service ?? Kebab().Replace(builder.Environment.ApplicationName, "-$0").ToLowerInvariant());
            })
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
                .AddMeter(Source).AddMeter("Npgsql"))
            .WithTracing(tracing => tracing.AddProcessor(new CellOfParent()).AddSource(Source).AddSource("Yarp.ReverseProxy").AddNpgsql()
                .AddAspNetCoreInstrumentation(web => web.Filter = context => !IsProbe(context.Request.Path))
                .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = request => !IsProbe(request.RequestUri?.AbsolutePath)))
            .UseOtlpExporter();
        return builder;
    }

    private static bool IsProbe(PathString path) =>
        path.StartsWithSegments("/alive") || path.StartsWithSegments("/ready") || path.StartsWithSegments("/health");

    [GeneratedRegex("(?<=[a-z])[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kebab();

    /// <summary>A span inside a request belongs to the Cell that answers it.</summary>
    private sealed class CellOfParent : BaseProcessor<Activity>
    {
        public override void OnStart(Activity data)
        {
            if (data.GetTagItem(CellTag) is null && data.Parent?.GetTagItem(CellTag) is { } cell)
                data.SetTag(CellTag, cell);
        }
    }
}
