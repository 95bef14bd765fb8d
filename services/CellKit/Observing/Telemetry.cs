using System.Collections.Concurrent;
using System.Diagnostics;

namespace WebWaka.CellKit;

/// <summary>Where the Cells' own spans come from.</summary>
internal static class Telemetry
{
    public static readonly ActivitySource Source = new(Observing.Source);

    /// <summary>Whether whoever wrote this W3C trace context records its trace: only then is it worth going on with.</summary>
    public static bool IsRecorded(string? trace, out ActivityContext context) =>
        ActivityContext.TryParse(trace, null, isRemote: true, out context) && context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
}

/// <summary>Tenants as values of a tag: so many of them by their id, in the order in which they come, and the rest together.</summary>
public static class TenantTag
{
    public const string Name = "webwaka.tenant";
    public const string Rest = "other";

    /// <summary>Each is a series of its own in whatever stores the numbers.</summary>
    public const int Most = 50;
    private static readonly ConcurrentDictionary<Guid, string> Named = new();

    public static KeyValuePair<string, object?> Of(Guid? tenant) => new(Name, tenant is { } id ? ValueOf(id) : Rest);

    private static string ValueOf(Guid tenant)
    {
        if (Named.TryGetValue(tenant, out var known))
            return known;
        return Named.Count < Most ? Named.GetOrAdd(tenant, id => id.ToString()) : Rest;
    }
}
