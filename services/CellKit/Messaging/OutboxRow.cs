using System.Diagnostics;
using System.Text.Json;

namespace WebWaka.CellKit;

/// <summary>
/// An event written in the transaction that it tells of, until the dispatcher has handed it on. Drained in the order of
/// <c>Id</c>, whatever the tenant, so its key is the one that does not begin with the tenant.
/// </summary>
public sealed class OutboxRow : ITenantRow
{
    public long Id { get; init; }
    public Guid TenantId { get; set; }
    public Guid EventId { get; init; }
    public required string Type { get; init; }
    public required string Payload { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>W3C trace context of the request that wrote it, so that one trace reaches the consumers.</summary>
    public string? Trace { get; init; }

    public static OutboxRow Of<T>(T e, Guid tenant, Guid id, DateTimeOffset now) where T : class => new()
    {
        TenantId = tenant,
        EventId = id,
        Type = typeof(T).Name,
        Payload = JsonSerializer.Serialize(e, Json.Options),
        At = now,
        Trace = Activity.Current?.Id,
    };
}

/// <summary>An event that one Cell could not take yet. It waits here for that Cell alone, and holds back nobody else.</summary>
public sealed class OutboxDeliveryRow : ITenantRow
{
    public long Id { get; init; }
    public Guid TenantId { get; set; }
    public Guid EventId { get; init; }
    public required string Cell { get; init; }
    public required string Type { get; init; }
    public required string Payload { get; init; }
    public DateTimeOffset At { get; init; }
    public string? Trace { get; init; }
    public int Attempts { get; set; }
    public DateTimeOffset NextAt { get; set; }

    /// <summary>Given up after many attempts: a person looks at it, and can have it tried again.</summary>
    public bool Dead { get; set; }

    public string? Error { get; set; }
}

/// <summary>
/// An event that came from the broker and that this Cell could not take. It is tried again a few times; what cannot be read, and
/// what has no tenant that could be believed (all zeros here), waits for a person at once.
/// </summary>
public sealed class DeadLetterRow : ITenantRow
{
    public long Id { get; init; }
    public Guid TenantId { get; set; }
    public Guid EventId { get; init; }
    public required string Queue { get; init; }
    public required string Type { get; init; }
    public required string Payload { get; init; }
    public DateTimeOffset At { get; init; }
    public string? Trace { get; init; }
    public int Attempts { get; set; }
    public DateTimeOffset NextAt { get; set; }

    /// <summary>Given up: a person looks at it, and can have it tried again (<c>webwaka dead</c>).</summary>
    public bool Dead { get; set; }

    public string? Error { get; set; }
}

/// <summary>An event that a consumer of this Cell has taken.</summary>
public sealed class InboxRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public required string Consumer { get; init; }
    public Guid EventId { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>Wakes the dispatcher of this process after a commit; those of other processes poll.</summary>
public sealed class OutboxSignal
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    public void Raise()
    {
        try
        {
            if (_raised.CurrentCount == 0)
                _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // Raised by another at the same moment: once is enough.
        }
    }

    public Task Wait(TimeSpan atMost, CancellationToken ct) => _raised.WaitAsync(atMost, ct);
}
