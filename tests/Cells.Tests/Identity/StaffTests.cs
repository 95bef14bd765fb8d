namespace WebWaka.Cells.Tests.Identity;

public sealed class StaffTests(CellsFixture cells)
{
    private static object Kofi(NewShop shop, string role = "cashier", Guid? id = null, string? email = null) =>
        new { id = id ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), name = "Kofi", email = email ?? $"kofi@{shop.Slug}.test", password = NewShop.Password, role };

    [Fact]
    public async Task Somebody_new_is_listed_signs_in_and_may_what_their_role_may()
    {
        var shop = await NewShop.SignUp(cells);
        var owner = await shop.SignedIn();
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await owner.Post("/api/staff", Kofi(shop, id: id)).Is(201);
        await owner.Post("/api/staff", Kofi(shop, id: id)).Is(201);
        await owner.Post("/api/staff", Kofi(shop, "manager", id)).IsProblem(409, "already_exists");
        await owner.Post("/api/staff", Kofi(shop, email: $"KOFI@{shop.Slug}.test")).IsProblem(409, "email_taken");
        Assert.Equal(2, (await owner.GetAsync("/api/staff").Is(200))["items"]!.AsArray().Count);

        var kofi = await shop.SignedIn($"kofi@{shop.Slug}.test");
        Assert.DoesNotContain("staff.edit", (await kofi.GetAsync("/api/me").Is(200))["permissions"]!.ToJsonString());
        await kofi.GetAsync("/api/staff").IsProblem(403, "forbidden");
        await kofi.GetAsync("/api/stores").Is(200);
    }

    [Fact]
    public async Task A_role_of_the_shops_own_is_given_and_nobody_gives_more_than_they_have()
    {
        var shop = await NewShop.SignUp(cells);
        var owner = await shop.SignedIn();
        var role = new { code = "people", name = "People", permissions = new[] { "sell", "staff.edit" } };
        await owner.Post("/api/roles", role).Is(201);
        await owner.Post("/api/roles", role).Is(201);
        await owner.Post("/api/roles", new { role.code, name = "Other", role.permissions }).IsProblem(409, "code_taken");
        await owner.Post("/api/roles", new { code = "owner", name = "Owner", role.permissions }).IsProblem(409, "code_taken");
        await owner.Post("/api/roles", new { code = "odd", name = "Odd", permissions = new[] { "everything" } }).IsProblem(400, "invalid_request");
        await owner.Post("/api/staff", Kofi(shop, "people")).Is(201);
        await owner.Post("/api/staff", Kofi(shop, "no-such-role", email: "x@y.test")).IsProblem(400, "role_unknown");

        var kofi = await shop.SignedIn($"kofi@{shop.Slug}.test");
        Assert.Contains("people", (await kofi.GetAsync("/api/roles").Is(200)).ToJsonString());
        await kofi.Post("/api/roles", new { code = "more", name = "More", permissions = new[] { "sell", "settings.edit" } }).IsProblem(403, "more_than_yours");
        await kofi.Post("/api/staff", Kofi(shop, "owner", email: "x@y.test")).IsProblem(403, "more_than_yours");
        await kofi.Post("/api/clients", new { name = "x", permissions = new[] { "settings.edit" } }).IsProblem(403, "more_than_yours");
        var ada = (await owner.GetAsync("/api/me").Is(200))["id"];
        await kofi.Send(HttpMethod.Put, $"/api/staff/{ada}", new { name = "Ada", role = "people", active = true, password = "my horse 12" }, ifMatch: "\"1\"")
            .IsProblem(403, "more_than_yours");
        await shop.PasswordGrant(shop.OwnerEmail).Is(200);
    }

    [Fact]
    public async Task A_shop_keeps_an_active_owner()
    {
        var shop = await NewShop.SignUp(cells);
        var owner = await shop.SignedIn();
        var ada = (await owner.GetAsync("/api/me").Is(200))["id"];
        await owner.Send(HttpMethod.Put, $"/api/staff/{ada}", new { name = "Ada", role = "manager", active = true }, ifMatch: "\"1\"")
            .IsProblem(409, "last_owner");
        await owner.Send(HttpMethod.Put, $"/api/staff/{ada}", new { name = "Ada", role = "owner", active = false }, ifMatch: "\"1\"")
            .IsProblem(409, "last_owner");
        var kofi = (await owner.Post("/api/staff", Kofi(shop, "owner")).Is(201))["id"];
        // Each may go while the other stays: not both at once.
        var gone = await Task.WhenAll(new[] { ada, kofi }.Select(id =>
            owner.Send(HttpMethod.Put, $"/api/staff/{id}", new { name = "x", role = "owner", active = false }, ifMatch: "\"1\"")));
        Assert.Equal([200, 409], gone.Select(answer => (int)answer.StatusCode).Order());
    }

    [Fact]
    public async Task Another_shops_staff_and_stores_are_not_there()
    {
        var shop = await NewShop.SignUp(cells);
        var owner = await shop.SignedIn();
        var ada = (await owner.GetAsync("/api/me").Is(200))["id"];
        var store = (Guid)(await owner.GetAsync("/api/stores").Is(200))["items"]![0]!["id"]!;
        await owner.Post("/api/roles", new { code = "theirs", name = "Theirs", permissions = new[] { "sell" } }).Is(201);
        var other = await NewShop.SignUp(cells);
        var thief = await other.SignedIn();
        await thief.Send(HttpMethod.Put, $"/api/staff/{ada}", new { name = "x", role = "cashier", active = false }, ifMatch: "\"1\"")
            .IsProblem(404, "not_found");
        await thief.Post("/api/staff", new { name = "x", email = "x@y.test", password = NewShop.Password, role = "cashier", stores = new[] { store } })
            .IsProblem(404, "not_found");
        await thief.Post("/api/staff", Kofi(other, "theirs")).IsProblem(400, "role_unknown");
        Assert.DoesNotContain(shop.OwnerEmail, (await thief.GetAsync("/api/staff").Is(200)).ToJsonString());
        Assert.DoesNotContain("theirs", (await thief.GetAsync("/api/roles").Is(200)).ToJsonString());
        await owner.Post("/api/staff", new { name = "x", email = "x@y.test", password = NewShop.Password, role = "cashier", stores = new[] { store } }).Is(201);
    }

    [Fact]
    public async Task Staff_and_roles_are_changed_by_those_who_may_and_only_as_they_can_be()
    {
        var shop = new Shop(cells);
        var nobody = new HttpClient { BaseAddress = cells.AddressOf("identity") };
        var manager = shop.Client("identity", "manager");
        foreach (var path in new[] { "/api/staff", "/api/roles", "/api/clients" })
        {
            await nobody.GetAsync(path).IsProblem(401, "not_signed_in");
            await nobody.Post(path, new { }).IsProblem(401, "not_signed_in");
            await manager.GetAsync(path).IsProblem(403, "forbidden");
            await manager.Post(path, new { }).IsProblem(403, "forbidden");
            await shop.Client("identity").Post(path, new { tenantId = Guid.Empty }).IsProblem(400, "malformed_request");
        }

        var change = new { name = "x", role = "cashier", active = true };
        await nobody.Send(HttpMethod.Put, $"/api/staff/{Guid.Empty}", change, ifMatch: "\"1\"").IsProblem(401, "not_signed_in");
        await manager.Send(HttpMethod.Put, $"/api/staff/{Guid.Empty}", change, ifMatch: "\"1\"").IsProblem(403, "forbidden");
        await shop.Client("identity").Send(HttpMethod.Put, $"/api/staff/{Guid.Empty}", change).IsProblem(428, "if_match_required");
        var weak = new { name = "x", email = "x@y.test", password = "1234567", role = "cashier" };
        await shop.Client("identity").Post("/api/staff", weak).IsProblem(400, "invalid_request");
    }
}
