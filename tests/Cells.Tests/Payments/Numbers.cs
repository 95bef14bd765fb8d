using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>
/// Every number that the Cells tell while it listens, with its tags. They are all shops' together: a tenant's tag names the first fifty
/// of a process, and tests have more.
/// </summary>
internal sealed class Numbers : IDisposable
{
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, string?> Tags)> _told = new();
    private readonly MeterListener _listener = new();

    private Numbers()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Metrics.Instruments.Contains(instrument))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Listens, with nothing left to be told of the shops before this one.</summary>
    public static async Task<Numbers> Listen(PayingShop shop)
    {
        await shop.LeaveOthers();
        return new Numbers();
    }

    /// <summary>What was told under the name, with these tags among its own, the oldest first.</summary>
    public List<double> Of(string name, params (string Key, string Value)[] tags) =>
        [.. _told.Where(told => told.Name == name && tags.All(tag => told.Tags.GetValueOrDefault(tag.Key) == tag.Value)).Select(told => told.Value)];

    public void Dispose() => _listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kept = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, said) in tags)
            kept[key] = said?.ToString();
        _told.Enqueue((instrument.Name, value, kept));
    }
}
