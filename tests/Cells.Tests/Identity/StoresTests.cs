namespace WebWaka.Cells.Tests.Identity;

public sealed class StoresTests(CellsFixture cells)
{
    [Fact]
    public async Task Stores_and_tills_are_added_listed_in_pages_and_changed_by_version()
    {
        var shop = await NewShop.SignUp(cells);
        var owner = await shop.SignedIn();
        var store = await owner.Post("/api/stores", new { code = "LAG2", name = "Lekki", timeZone = "Africa/Accra", address = "1 Road\nLagos" }).Is(201);
        var till = await owner.Post("/api/tills", new { storeId = (Guid)store["id"]!, code = "T02", name = "Second" }).Is(201);

        var page = await owner.GetAsync("/api/stores?limit=1").Is(200);
        Assert.Equal("LAG2", (string?)Assert.Single(page["items"]!.AsArray())!["code"]);
        var next = await owner.GetAsync($"/api/stores?limit=1&cursor={page["nextCursor"]}").Is(200);
        Assert.Equal("S01", (string?)Assert.Single(next["items"]!.AsArray())!["code"]);
        var tills = await owner.GetAsync($"/api/tills?storeId={store["id"]}").Is(200);
        Assert.Equal((string?)till["id"], (string?)Assert.Single(tills["items"]!.AsArray())!["id"]);

        await owner.Send(HttpMethod.Put, $"/api/stores/{store["id"]}", new { name = "Lekki II" }).IsProblem(428, "if_match_required");
        var changed = await owner.Send(HttpMethod.Put, $"/api/stores/{store["id"]}", new { name = "Lekki II" }, ifMatch: "\"1\"").Is(200);
        Assert.Equal((2L, "Lekki II", "LAG2"), ((long)changed["version"]!, (string?)changed["name"], (string?)changed["code"]));
        await owner.Send(HttpMethod.Put, $"/api/stores/{store["id"]}", new { name = "x" }, ifMatch: "\"1\"").IsProblem(412, "version_moved");
        var archived = await owner.Send(HttpMethod.Put, $"/api/tills/{till["id"]}", new { name = "Second", archived = true }, ifMatch: "\"1\"").Is(200);
        Assert.True((bool)archived["archived"]!);
        await owner.Send(HttpMethod.Put, $"/api/tills/{till["id"]}", new { name = "x" }, ifMatch: "\"1\"").IsProblem(412, "version_moved");
    }

    [Fact]
    public async Task A_store_or_till_sent_twice_is_one_and_a_code_is_never_given_again()
    {
        var shop = await NewShop.SignUp(cells);
        var owner = await shop.SignedIn();
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => owner.Post("/api/stores", new { id, code = "S02", name = "Two" }).Is(201)));
        Assert.All(made, store => Assert.Equal(id, (Guid)store["id"]!));
        await owner.Post("/api/stores", new { id, code = "S02", name = "Other" }).IsProblem(409, "already_exists");
        await owner.Post("/api/stores", new { code = "S02", name = "Two" }).IsProblem(409, "code_taken");

        await owner.Post("/api/tills", new { id, storeId = id, code = "T02", name = "Two" }).Is(201);
        await owner.Post("/api/tills", new { id, storeId = id, code = "T02", name = "Two" }).Is(201);
        await owner.Post("/api/tills", new { id, storeId = id, code = "T03", name = "Two" }).IsProblem(409, "already_exists");
        await owner.Send(HttpMethod.Put, $"/api/tills/{id}", new { name = "Two", archived = true }, ifMatch: "\"1\"").Is(200);
        await owner.Post("/api/tills", new { storeId = id, code = "T02", name = "Again" }).IsProblem(409, "code_taken");
    }

    [Fact]
    public async Task Another_shops_stores_and_tills_are_not_there()
    {
        var shop = await NewShop.SignUp(cells);
        var owner = await shop.SignedIn();
        var store = (await owner.GetAsync("/api/stores").Is(200))["items"]![0]!["id"];
        var till = (await owner.GetAsync("/api/tills").Is(200))["items"]![0]!["id"];
        var thief = await (await NewShop.SignUp(cells)).SignedIn();
        await thief.Send(HttpMethod.Put, $"/api/stores/{store}", new { name = "mine" }, ifMatch: "\"1\"").IsProblem(404, "not_found");
        await thief.Send(HttpMethod.Put, $"/api/tills/{till}", new { name = "mine" }, ifMatch: "\"1\"").IsProblem(404, "not_found");
        await thief.Post("/api/tills", new { storeId = (Guid)store!, code = "T09", name = "mine" }).IsProblem(404, "not_found");
        Assert.Empty((await thief.GetAsync($"/api/tills?storeId={store}").Is(200))["items"]!.AsArray());
        Assert.DoesNotContain(store!.ToString(), (await thief.GetAsync("/api/stores").Is(200)).ToJsonString());
        await thief.Post("/api/stores", new { code = "S02", name = "theirs" }).Is(201);
    }

    [Theory]
    [InlineData("a1")]
    [InlineData("A")]
    [InlineData("ABCDEFG")]
    [InlineData("T-1")]
    [InlineData("T1\n")]
    public async Task A_code_that_cannot_begin_a_receipt_number_is_refused(string code)
    {
        var owner = new Shop(cells).Client("identity");
        await owner.Post("/api/stores", new { code, name = "x" }).IsProblem(400, "invalid_request");
        await owner.Post("/api/tills", new { storeId = Guid.Empty, code, name = "x" }).IsProblem(400, "invalid_request");
    }

    [Fact]
    public async Task Stores_and_tills_are_changed_by_those_who_may()
    {
        var shop = new Shop(cells);
        var nobody = new HttpClient { BaseAddress = cells.AddressOf("identity") };
        var manager = shop.Client("identity", "manager");
        foreach (var path in new[] { "/api/stores", "/api/tills" })
        {
            await nobody.GetAsync(path).IsProblem(401, "not_signed_in");
            await nobody.Post(path, new { }).IsProblem(401, "not_signed_in");
            await manager.Post(path, new { }).IsProblem(403, "forbidden");
            await manager.Send(HttpMethod.Put, $"{path}/{Guid.Empty}", new { name = "x" }, ifMatch: "\"1\"").IsProblem(403, "forbidden");
            await nobody.Send(HttpMethod.Put, $"{path}/{Guid.Empty}", new { name = "x" }, ifMatch: "\"1\"").IsProblem(401, "not_signed_in");
            await shop.Client("identity").Send(HttpMethod.Put, $"{path}/{Guid.Empty}", new { name = "x", tenantId = Guid.Empty }, ifMatch: "\"1\"")
                .IsProblem(400, "malformed_request");
        }
    }
}
