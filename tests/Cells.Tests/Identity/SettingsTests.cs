namespace WebWaka.Cells.Tests.Identity;

public sealed class SettingsTests(CellsFixture cells)
{
    private static object Changed(string timeZone = "Africa/Lagos") =>
        new { name = "Renamed", timeZone, dayCutoff = "03:30", pricesIncludeTax = false, language = "en", taxId = "12345", receiptFooter = "Thank you\nCome again" };

    [Fact]
    public async Task Settings_change_by_version_and_inheriting_stores_move_with_them()
    {
        var shop = await NewShop.SignUp(cells);
        var owner = await shop.SignedIn();
        using var read = await owner.GetAsync("/api/settings");
        Assert.Equal("\"1\"", read.Headers.ETag?.Tag);
        await owner.Send(HttpMethod.Put, "/api/settings", Changed()).IsProblem(428, "if_match_required");
        var done = await owner.Send(HttpMethod.Put, "/api/settings", Changed("Africa/Accra"), ifMatch: "\"1\"").Is(200);
        Assert.Equal((2L, "Renamed", "TIN"), ((long)done["version"]!, (string?)done["name"], (string?)done["taxIdLabel"]));
        await owner.Send(HttpMethod.Put, "/api/settings", Changed(), ifMatch: "\"1\"").IsProblem(412, "version_moved");

        var store = Assert.Single((await owner.GetAsync("/api/stores").Is(200))["items"]!.AsArray())!;
        Assert.Equal(2L, (long)store["version"]!);
        for (var i = 0; i < 100 && await StoreZone(shop) != "Africa/Accra"; i++)
            await Task.Delay(100);
        Assert.Equal("Africa/Accra", await StoreZone(shop));
        Assert.Equal(2L, (long)(await owner.GetAsync($"/internal/tenants/{shop.Slug}").Is(200))["version"]!);
    }

    private async Task<string?> StoreZone(NewShop shop)
    {
        await using var command = cells.Ops.CreateCommand($"SELECT time_zone FROM transaction.store WHERE tenant_id = '{shop.Id}'");
        return (string?)await command.ExecuteScalarAsync();
    }

    [Fact]
    public async Task Two_changes_at_once_of_one_version_are_one_change()
    {
        var shop = await NewShop.SignUp(cells);
        var owner = await shop.SignedIn();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => owner.Send(HttpMethod.Put, "/api/settings", Changed(), ifMatch: "\"1\"")));
        Assert.Single(answers, answer => (int)answer.StatusCode == 200);
        Assert.Equal(4, answers.Count(answer => (int)answer.StatusCode == 412));
    }

    [Fact]
    public async Task Settings_are_the_callers_own_shops()
    {
        var shop = await NewShop.SignUp(cells);
        var other = await NewShop.SignUp(cells, "GH");
        await (await shop.SignedIn()).Send(HttpMethod.Put, "/api/settings", Changed(), ifMatch: "\"1\"").Is(200);
        var theirs = await (await other.SignedIn()).GetAsync("/api/settings").Is(200);
        Assert.Equal(("GHS", $"Shop {other.Slug}", 1L), ((string?)theirs["currency"], (string?)theirs["name"], (long)theirs["version"]!));

        var nowhere = new Shop(cells).Client("identity");
        await nowhere.GetAsync("/api/settings").IsProblem(404, "not_found");
        await nowhere.GetAsync("/api/me").IsProblem(404, "not_found");
        await nowhere.Send(HttpMethod.Put, "/api/settings", Changed(), ifMatch: "\"1\"").IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Settings_that_cannot_be_are_refused()
    {
        var shop = await NewShop.SignUp(cells);
        var owner = await shop.SignedIn();
        await owner.Send(HttpMethod.Put, "/api/settings", Changed("Lagos"), ifMatch: "\"1\"").IsProblem(400, "invalid_request");
        await owner.Send(HttpMethod.Put, "/api/settings", Changed("../etc/passwd"), ifMatch: "\"1\"").IsProblem(400, "invalid_request");
        var currency = new { name = "x", timeZone = "Africa/Lagos", dayCutoff = "04:00", pricesIncludeTax = true, language = "en", currency = "USD" };
        await owner.Send(HttpMethod.Put, "/api/settings", currency, ifMatch: "\"1\"").IsProblem(400, "malformed_request");
        await shop.Anonymous().Send(HttpMethod.Put, "/api/settings", Changed(), ifMatch: "\"1\"").IsProblem(401, "not_signed_in");
        await shop.Anonymous().GetAsync("/api/settings").IsProblem(401, "not_signed_in");
        await shop.Anonymous().GetAsync("/api/me").IsProblem(401, "not_signed_in");
        await new Shop(cells).Client("identity", "manager").Send(HttpMethod.Put, "/api/settings", Changed(), ifMatch: "\"1\"").IsProblem(403, "forbidden");
    }
}
