using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>Events travel in company, each once, in order within its type, and no message is too large for the broker.</summary>
public sealed class BundleTests
{
    [Fact]
    public void Each_type_has_bundles_of_its_own_and_every_event_is_in_one_in_order()
    {
        Envelope[] events = [.. Enumerable.Range(0, 1000).Select(n => Event(n % 3 == 0 ? "SaleVoided" : "SaleCompleted", "{}"))];
        var bundles = Bundle.Of(events).ToList();
        foreach (var type in new[] { "SaleVoided", "SaleCompleted" })
            Assert.Equal(events.Where(e => e.Type == type), bundles.Where(b => b.Events[0].Type == type).SelectMany(b => b.Events));
        Assert.All(bundles, bundle => Assert.Single(bundle.Events.Select(e => e.Type).Distinct()));
        Assert.All(bundles, bundle => Assert.InRange(bundle.Events.Count, 1, 250));
        Assert.Equal(2 + 3, bundles.Count);
        Assert.Empty(Bundle.Of([]));
    }

    [Theory]
    [InlineData(20_000, 3, 3, 3, 1)]
    [InlineData(61_440, 1, 1)]
    [InlineData(30_720, 2, 2, 2)]
    [InlineData(1_000_000, 1, 1, 1)]
    public void A_bundle_holds_no_more_text_than_the_broker_takes_easily_unless_one_event_alone_does(int characters, params int[] sizes)
    {
        var events = Enumerable.Range(0, sizes.Sum()).Select(_ => Event("SaleCompleted", new string('x', characters)));
        Assert.Equal(sizes, Bundle.Of(events).Select(bundle => bundle.Events.Count));
    }

    [Fact]
    public void The_tenants_are_told_event_by_event()
    {
        Envelope[] events = [Event("SaleCompleted", "1"), Event("SaleCompleted", "2"), Event("SaleCompleted", "3")];
        Assert.Equal(events.Select(e => e.TenantId), Assert.Single(Bundle.Of(events)).Tenants.Split(',').Select(Guid.Parse));
    }

    private static Envelope Event(string type, string payload) =>
        new(Probe.NewId(), Probe.NewId(), type, payload, new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), Trace: null);
}
