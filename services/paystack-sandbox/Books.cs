using System.Collections.Concurrent;
using System.Threading.Channels;

namespace WebWaka.PaystackSandbox;

/// <summary>Every integration the sandbox has met. A test key is an integration of its own and exists once it is used.</summary>
internal sealed class Books
{
    // Paystack's ids have outgrown 32 bits, so these start beyond them: a caller that narrows them fails at once. And beyond those
    // of the sample events, since an event is known by its subject's id.
    const long FirstId = 6_000_000_000;

    readonly ConcurrentDictionary<string, Integration> integrations = new();
    readonly ConcurrentDictionary<string, (Integration, string Reference)> checkouts = new();
    readonly Journal journal;
    readonly SandboxOptions options;
    long lastId = FirstId;

    public Books(SandboxOptions options, Journal journal, SandboxClock clock)
    {
        (this.options, this.journal, Clock) = (options, journal, clock);
        foreach (var line in journal.Read())
        {
            var id = Of(line.Key).Restore(line);
            lastId = Math.Max(lastId, id);
        }
    }

    public SandboxClock Clock { get; }

    public SandboxOptions Options => options;

    public Channel<(Integration Integration, Delivery Delivery)> Outgoing { get; } =
        Channel.CreateUnbounded<(Integration, Delivery)>();

    public ICollection<Integration> Integrations => integrations.Values;

    public Integration Of(string key) => integrations.GetOrAdd(key, k => new Integration(k, this, journal));

    public long NextId() => Interlocked.Increment(ref lastId);

    public void Index(Integration integration, Transaction transaction) =>
        checkouts[transaction.AccessCode] = (integration, transaction.Reference);

    public (Integration Integration, string Reference)? Checkout(string accessCode) =>
        checkouts.TryGetValue(accessCode, out var found) ? found : null;
}
