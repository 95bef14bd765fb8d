using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sentry;
using Sentry.Extensibility;
using Sentry.Extensions.Logging;

namespace WebWaka;

/// <summary>
/// Errors that nobody expected go to Sentry where <c>SENTRY_DSN</c> names it: what failed and where in the code, in which shop and
/// for which sale, never whose. Without the variable Sentry is not even loaded.
/// </summary>
public static partial class ErrorReports
{
    private const int MostBreadcrumbs = 20;

    /// <summary>Once in a process.</summary>
    public static void AddErrorReports(this WebApplicationBuilder builder)
    {
        if (DsnOf(builder) is { } dsn)
            builder.WebHost.UseSentry(options =>
            {
                Set(options, dsn);
                options.Environment = builder.Environment.EnvironmentName.ToLowerInvariant();
                options.MaxRequestBodySize = RequestSize.None;
                options.AutoSessionTracking = false;
                options.AutoRegisterTracing = false;
            });
    }

    /// <summary>For the further containers of a process, whose one report-taker is set up by <see cref="AddErrorReports"/>.</summary>
    public static void AddErrorReportsOfCell(this IHostApplicationBuilder builder)
    {
        if (DsnOf(builder) is { } dsn)
            builder.Logging.AddSentry(options =>
            {
                Set(options, dsn);
                options.InitializeSdk = false;
            });
    }

    private static void Set(SentryLoggingOptions options, string dsn)
    {
        options.Dsn = dsn;
        options.SendDefaultPii = false;
        options.MaxBreadcrumbs = MostBreadcrumbs;
        options.MinimumEventLevel = LogLevel.Error;
        options.ReportAssembliesMode = ReportAssembliesMode.None;
        options.SetBeforeSend(WithoutPersons);
        options.SetBeforeBreadcrumb(crumb => crumb.Category is "http" ? null : crumb);
    }

    private static string? DsnOf(IHostApplicationBuilder builder)
    {
        if (builder.Configuration[Wiring.Variables.SentryDsn] is not { } given || string.IsNullOrWhiteSpace(given))
            return null;
        return Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length > 0 && url.AbsolutePath.Length > 1
            ? given
            : throw new StartException($"{Wiring.Variables.SentryDsn} cannot be read", "Copy it from the project's settings: https://key@host/number");
    }

    /// <summary>A query may search for a person, an address be one's, and another's words name one.</summary>
    internal static SentryEvent WithoutPersons(SentryEvent report)
    {
        report.User = new SentryUser();
        report.ServerName = null;
        report.Request = new SentryRequest { Method = report.Request.Method, Url = report.Request.Url?.Split('?')[0] };
        if (report.Message is { } message)
            report.Message = new SentryMessage { Message = Scrub(message.Message), Formatted = Scrub(message.Formatted) };
        foreach (var exception in report.SentryExceptions ?? [])
            exception.Value = Scrub(exception.Value);
        return report;
    }

    /// <summary>Takes e-mail addresses, tokens and long numbers (telephones, cards) out of a text.</summary>
    internal static string? Scrub(string? text) => text is null ? null : Personal().Replace(text, "[removed]");

    [GeneratedRegex(
        @"[\w.+'-]+@[\w-]+(\.[\w-]+)+|eyJ[\w-]{10,}[\w.-]*|(?<![\w-])\+?\d(?:[ ()-]?\d){8,18}(?![\w-])",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Personal();
}
