using System.Text;

namespace WebWaka.CellKit;

/// <summary>
/// One message: events of one type, of any tenants, in the order they were written. The broker, its client and MassTransit do the
/// same work for each message, whatever is in it, and to four listeners that was more than the events' own effects.
/// </summary>
internal sealed record Bundle(IReadOnlyList<Envelope> Events)
{
    private const int MostEvents = 250;

    /// <summary>
    /// Of a message. .NET keeps an array of 85,000 bytes or more on the large object heap, which only a collection of everything
    /// empties: with larger messages each Cell's collector was at that all the time.
    /// </summary>
    private const int MostBytes = 75_000;

    /// <summary>What an event takes besides its payload: its ids, type, time and trace, and their names.</summary>
    private const int Besides = 256;

    /// <summary>The events' tenants in their order, for the header <see cref="Broker.TenantHeader"/>.</summary>
    public string Tenants => string.Join(',', Events.Select(e => e.TenantId));

    /// <summary>Events of any types, each type in bundles of its own.</summary>
    public static IEnumerable<Bundle> Of(IEnumerable<Envelope> events)
    {
        foreach (var type in events.GroupBy(e => e.Type, StringComparer.Ordinal))
        {
            var (bundle, bytes) = (new List<Envelope>(), 0);
            foreach (var e in type)
            {
                var more = BytesOf(e);
                if (bundle.Count == MostEvents || (bundle.Count > 0 && bytes + more > MostBytes))
                {
                    yield return new Bundle(bundle);
                    (bundle, bytes) = ([], 0);
                }

                bundle.Add(e);
                bytes += more;
            }

            yield return new Bundle(bundle);
        }
    }

    /// <summary>About: the payload travels in base64.</summary>
    private static int BytesOf(Envelope e) => Encoding.UTF8.GetByteCount(e.Payload) / 3 * 4 + Besides;
}
