namespace WebWaka.CellKit;

/// <summary>
/// One message: events of one type, of any tenants, in the order they were written. The broker, its client and MassTransit do the
/// same work for each message, whatever is in it, and to four listeners that was more than the events' own effects.
/// </summary>
internal sealed record Bundle(IReadOnlyList<Envelope> Events)
{
    private const int MostEvents = 250;

    /// <summary>A quorum queue copies each message to its replicas: large ones hold up the others.</summary>
    private const int MostCharacters = 60 * 1024;

    /// <summary>The events' tenants in their order, for the header <see cref="Broker.TenantHeader"/>.</summary>
    public string Tenants => string.Join(',', Events.Select(e => e.TenantId));

    /// <summary>Events of any types, each type in bundles of its own.</summary>
    public static IEnumerable<Bundle> Of(IEnumerable<Envelope> events)
    {
        foreach (var type in events.GroupBy(e => e.Type, StringComparer.Ordinal))
        {
            var (bundle, characters) = (new List<Envelope>(), 0);
            foreach (var e in type)
            {
                if (bundle.Count == MostEvents || (bundle.Count > 0 && characters + e.Payload.Length > MostCharacters))
                {
                    yield return new Bundle(bundle);
                    (bundle, characters) = ([], 0);
                }

                bundle.Add(e);
                characters += e.Payload.Length;
            }

            yield return new Bundle(bundle);
        }
    }
}
