using WebWaka.Contracts.Identity;

namespace WebWaka.Cells.Tests;

public sealed class SmokeTests(CellsFixture cells)
{
    [Fact]
    public async Task A_store_heard_of_is_seen_by_its_own_tenant_only()
    {
        var mine = new Shop(cells);
        var other = new Shop(cells);
        await mine.Hear(new StoreChanged(mine.Tenant, 1, "LAG", "Lagos", null, "Africa/Lagos", "04:00", false));

        var seen = await mine.Client("transaction").GetAsync("/api/smoke").Is(200);
        Assert.Single(seen.AsArray());
        var unseen = await other.Client("transaction").GetAsync("/api/smoke").Is(200);
        Assert.Empty(unseen.AsArray());
        await new HttpClient { BaseAddress = cells.AddressOf("transaction") }.GetAsync("/api/smoke").IsProblem(401, "not_signed_in");
    }
}
