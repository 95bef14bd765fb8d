namespace WebWaka.Cells.Tests.Identity;

public sealed class CustomerTests(CellsFixture cells)
{
    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Customers_are_added_changed_by_version_and_listed_by_group_in_pages()
    {
        var owner = new Shop(cells).Client("identity");
        var ada = await owner.Post("/api/customers", new { name = "Ada", groups = new[] { " staff", "wholesale", "staff" } }).Is(201);
        Assert.Equal(["staff", "wholesale"], ada["groups"]!.AsArray().Select(group => (string)group!));
        var ben = await owner.Post("/api/customers", new { name = "Ben", groups = new[] { "staff" } }).Is(201);
        await owner.Post("/api/customers", new { name = "Chi" }).Is(201);

        Assert.Equal(3, (await owner.GetAsync("/api/customers").Is(200))["items"]!.AsArray().Count);
        var first = await owner.GetAsync("/api/customers?group=staff&limit=1").Is(200);
        var second = await owner.GetAsync($"/api/customers?group=staff&limit=1&cursor={first["nextCursor"]}").Is(200);
        Assert.Null(second["nextCursor"]);
        Assert.Equal([(Guid)ada["id"]!, (Guid)ben["id"]!],
            new[] { first, second }.Select(page => (Guid)Assert.Single(page["items"]!.AsArray())!["id"]!).Order());

        var path = $"/api/customers/{ada["id"]}";
        await owner.Send(HttpMethod.Put, path, new { name = "Ada O." }).IsProblem(428, "if_match_required");
        var changed = await owner.Send(HttpMethod.Put, path, new { name = "Ada O.", groups = new[] { "vip" } }, ifMatch: "\"1\"").Is(200);
        Assert.Equal((2L, "Ada O.", "vip"), ((long)changed["version"]!, (string?)changed["name"], (string?)changed["groups"]![0]));
        await owner.Send(HttpMethod.Put, path, new { name = "x" }, ifMatch: "\"1\"").IsProblem(412, "version_moved");
        Assert.Equal(changed.ToJsonString(), (await owner.GetAsync(path).Is(200)).ToJsonString());

        await owner.Send(HttpMethod.Put, path, new { name = "Ada O.", archived = true }, ifMatch: "\"2\"").Is(200);
        Assert.Equal(2, (await owner.GetAsync("/api/customers").Is(200))["items"]!.AsArray().Count);
        Assert.True((bool)(await owner.GetAsync(path).Is(200))["archived"]!);
        await owner.Send(HttpMethod.Put, $"/api/customers/{NewId()}", new { name = "x" }, ifMatch: "\"1\"").IsProblem(404, "not_found");
    }

    [Fact]
    public async Task A_customer_sent_twice_even_at_once_is_one_and_another_content_is_refused()
    {
        var owner = new Shop(cells).Client("identity");
        var body = new { id = NewId(), name = "Ada", groups = new[] { "staff" } };
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => owner.Post("/api/customers", body).Is(201)));
        Assert.All(made, one => Assert.Equal((body.id, 1L), ((Guid)one["id"]!, (long)one["version"]!)));
        Assert.Single((await owner.GetAsync("/api/customers").Is(200))["items"]!.AsArray());
        await owner.Post("/api/customers", new { body.id, name = "Ada" }).IsProblem(409, "already_exists");
    }

    [Fact]
    public async Task Another_shops_customers_are_not_there()
    {
        var (theirs, mine) = (new Shop(cells).Client("identity"), new Shop(cells).Client("identity"));
        var body = new { id = NewId(), name = "Theirs", groups = new[] { "staff" } };
        await theirs.Post("/api/customers", body).Is(201);

        await mine.GetAsync($"/api/customers/{body.id}").IsProblem(404, "not_found");
        await mine.Send(HttpMethod.Put, $"/api/customers/{body.id}", new { name = "mine" }, ifMatch: "\"1\"").IsProblem(404, "not_found");
        Assert.Empty((await mine.GetAsync("/api/customers?group=staff").Is(200))["items"]!.AsArray());
        // An id is the tenant's own: the same one here is another customer.
        await mine.Post("/api/customers", new { body.id, name = "Mine" }).Is(201);
        Assert.Equal("Theirs", (string?)(await theirs.GetAsync($"/api/customers/{body.id}").Is(200))["name"]);
    }

    [Fact]
    public async Task Groups_are_given_by_those_who_may_since_they_decide_prices()
    {
        var shop = new Shop(cells);
        var nobody = new HttpClient { BaseAddress = cells.AddressOf("identity") };
        await nobody.GetAsync("/api/customers").IsProblem(401, "not_signed_in");
        await nobody.Post("/api/customers", new { name = "x" }).IsProblem(401, "not_signed_in");
        var made = await shop.Client("identity", "manager").Post("/api/customers", new { name = "Ada" }).Is(201);
        foreach (var role in new[] { "cashier", "supervisor" })
        {
            var seller = shop.Client("identity", role);
            await seller.GetAsync($"/api/customers/{made["id"]}").Is(200);
            await seller.Post("/api/customers", new { name = "Me", groups = new[] { "staff" } }).IsProblem(403, "forbidden");
            await seller.Send(HttpMethod.Put, $"/api/customers/{made["id"]}", new { name = "Me", groups = new[] { "staff" } }, ifMatch: "\"1\"")
                .IsProblem(403, "forbidden");
        }

        await shop.Client("identity", "auditor").GetAsync("/api/customers").IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task What_cannot_be_a_customer_is_refused()
    {
        var owner = new Shop(cells).Client("identity");
        foreach (var body in new object[]
        {
            new { }, new { name = " " }, new { name = "x\n" }, new { name = "x", groups = new[] { "" } }, new { name = "x", groups = new string?[] { null } },
            new { name = "x", groups = Enumerable.Range(0, 21).Select(n => $"g{n}") }, new { name = "x", groups = new[] { new string('g', 41) } },
            new { name = "x", id = Guid.Empty },
        })
        {
            var answer = await owner.Post("/api/customers", body);
            Assert.Equal(400, (int)answer.StatusCode);
        }

        Assert.Empty((await owner.GetAsync("/api/customers").Is(200))["items"]!.AsArray());
    }
}
