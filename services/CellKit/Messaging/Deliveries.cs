using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>
/// An event as it travels: who it belongs to, which one it is, and its JSON.
/// </summary>
public sealed record Envelope(
    Guid TenantId, Guid EventId, string Type, [property: JsonConverter(typeof(Envelope.Sealed))] string Payload, DateTimeOffset At, string? Trace)
{
    private readonly Memory _memory = new();

    /// <summary>The event, read once: the Cells of one process are handed the same envelope.</summary>
    internal T Read<T>()
    {
        if (_memory.Kept is var (payload, kept) && ReferenceEquals(payload, Payload) && kept is T known)
            return known;
        var read = JsonSerializer.Deserialize<T>(Payload, Json.Tolerant) ?? throw new JsonException($"{Type} {EventId} is empty");
        _memory.Kept = Tuple.Create<string, object>(Payload, read);
        return read;
    }

    /// <summary>From a row whose columns from the second on are these members in this order.</summary>
    internal static Envelope Read(NpgsqlDataReader row) => new(
        row.GetGuid(1), row.GetGuid(2), row.GetString(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5), row.IsDBNull(6) ? null : row.GetString(6));

    /// <summary>What has been read of the payload. No part of what the envelope is: two of the same content are equal.</summary>
    private sealed class Memory
    {
        public Tuple<string, object>? Kept { get; set; }

        public override bool Equals(object? obj) => obj is Memory;

        public override int GetHashCode() => 0;
    }

    /// <summary>
    /// The payload in base64: what reads a message passes over it at once, as neither JSON in JSON nor JSON in a string would let it,
    /// and only the Cell that takes the event parses it.
    /// </summary>
    internal sealed class Sealed : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Encoding.UTF8.GetString(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(Encoding.UTF8.GetBytes(value));
    }
}

/// <summary>One event for one consumer.</summary>
public sealed record Delivery<T>(Envelope Envelope)
{
    public Guid TenantId => Envelope.TenantId;

    public Guid EventId => Envelope.EventId;

    public DateTimeOffset At => Envelope.At;

    public string Payload => Envelope.Payload;

    /// <summary>
    /// Read when it is first asked for: reading is half of a consumer's processor time and more, and who only keeps the payload needs
    /// none of it.
    /// </summary>
    public T Event => Envelope.Read<T>();
}

/// <summary>Events of one type, in the order they were written, of any tenants.</summary>
public sealed record Deliveries<T>(IReadOnlyList<Delivery<T>> Items)
{
    public static Deliveries<T> Of(IReadOnlyList<Envelope> envelopes) => new([.. envelopes.Select(e => new Delivery<T>(e))]);

    /// <summary>Groups in key order, so that two batches never lock tenants in opposite orders.</summary>
    public IEnumerable<(Guid Tenant, List<Delivery<T>> Items)> ByTenant() =>
        Items.GroupBy(item => item.TenantId).OrderBy(group => group.Key).Select(group => (group.Key, group.ToList()));
}

/// <summary>
/// Takes events of one type, in batches, in a scope of its own. It may be given the same event again, at any time and in any
/// company: what it does must be done once in effect (<see cref="Inbox"/>).
/// </summary>
public interface IConsume<T> where T : class
{
    Task Consume(Deliveries<T> batch, CancellationToken ct);
}

/// <summary>What a Cell listens to: the event's type and how a batch of its envelopes is consumed.</summary>
public sealed record Subscription(string Type, Type Event, Type Consumer, Func<IServiceProvider, IReadOnlyList<Envelope>, CancellationToken, Task> Consume)
{
    public static Subscription Of<TEvent, TConsumer>() where TEvent : class where TConsumer : class, IConsume<TEvent> => new(
        typeof(TEvent).Name, typeof(TEvent), typeof(TConsumer), async (services, envelopes, ct) =>
        {
            var cell = (CellContext)services.GetService(typeof(CellContext))!;
            using var spans = EventSpans.Begin(cell.Name, "consume", ActivityKind.Consumer, ref envelopes);
            try
            {
                await ((TConsumer)services.GetService(typeof(TConsumer))!).Consume(Deliveries<TEvent>.Of(envelopes), ct);
            }
            catch (Exception error)
            {
                spans.Fail(error);
                throw;
            }

            Metrics.Taken(cell, typeof(TEvent).Name, envelopes);
        });
}
