using System.Net.Http.Headers;

namespace WebWaka.Cells.Tests.History;

public sealed class DoorTests(CellsFixture cells)
{
    public static TheoryData<string> Routes =>
    [
        "/api/transactions", $"/api/transactions/{Told.NewId()}", "/api/refunds", $"/api/refunds/{Told.NewId()}", $"/api/receipts/{Told.NewId()}",
        "/api/reports/sales?from=2026-11-01&to=2026-11-30", "/api/reports/tax?from=2026-11-01&to=2026-11-30", "/api/audit",
    ];

    [Theory]
    [MemberData(nameof(Routes), DisableDiscoveryEnumeration = true)]
    public async Task Nothing_is_read_without_a_token_or_its_permission(string route)
    {
        await new HttpClient { BaseAddress = cells.AddressOf("history") }.GetAsync(route).IsProblem(401, "not_signed_in");

        var shop = new Shop(cells);
        var client = new HttpClient { BaseAddress = cells.AddressOf("history") };
        var token = shop.Token("owner", token => token.Subject.RemoveClaim(token.Subject.FindFirst(CellKit.Claims.Permissions)));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await client.GetAsync(route).IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("/api/reports/sales?from=2026-11-01&to=2026-11-30")]
    [InlineData("/api/reports/tax?from=2026-11-01&to=2026-11-30")]
    [InlineData("/api/audit")]
    public async Task A_cashier_reads_receipts_but_no_reports(string route)
    {
        var shop = new Shop(cells);
        await shop.Door("cashier").GetAsync("/api/transactions").Is(200);
        await shop.Door("cashier").GetAsync(route).IsProblem(403, "forbidden");
    }
}
