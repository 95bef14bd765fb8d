using System.Text.Json;
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
    [InlineData(20_000, 2, 2, 1)]
    [InlineData(56_000, 1, 1)]
    [InlineData(1_400, 35, 35, 35)]
    [InlineData(1_000_000, 1, 1, 1)]
    public void A_bundle_grows_to_its_bound_and_beyond_it_only_by_one_event_that_is_too_large_alone(int characters, params int[] sizes)
    {
        var events = Enumerable.Range(0, sizes.Sum()).Select(_ => Event("SaleCompleted", new string('x', characters)));
        Assert.Equal(sizes, Bundle.Of(events).Select(bundle => bundle.Events.Count));
    }

    [Theory]
    [InlineData(1, 'x')]
    [InlineData(300, 'x')]
    [InlineData(1_428, 'x')]
    [InlineData(9_000, 'x')]
    [InlineData(700, 'ẹ')]
    public void A_message_is_smaller_than_what_NET_keeps_on_its_large_object_heap(int characters, char letter)
    {
        var events = Enumerable.Range(0, 600).Select(_ => Event("SaleCompleted", new string(letter, characters)));
        Assert.All(Bundle.Of(events), bundle => Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(bundle, Json.Options).Length, 1, 84_999));
    }

    [Fact]
    public void The_tenants_are_told_event_by_event()
    {
        Envelope[] events = [Event("SaleCompleted", "1"), Event("SaleCompleted", "2"), Event("SaleCompleted", "3")];
        Assert.Equal(events.Select(e => e.TenantId), Assert.Single(Bundle.Of(events)).Tenants.Split(',').Select(Guid.Parse));
    }

    private static Envelope Event(string type, string payload) =>
        new(Probe.NewId(), Probe.NewId(), type, payload, new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
}
