namespace WebWaka.Distributed.Tests;

/// <summary>The distributed system at work, with nothing wrong.</summary>
[Collection(nameof(DistributedSystem))]
public sealed class SellingTests(DistributedSystem system)
{
    [Fact]
    public async Task Hundreds_of_sales_of_several_tenants_at_once_reach_every_Cell_once()
    {
        await Task.WhenAll(system.Shops.Select(shop => shop.Sell(250)));
        await system.Settles();
        foreach (var shop in system.Shops)
            Assert.Equal(shop.Acknowledged.Count, await system.Journaled(shop));
    }
}
