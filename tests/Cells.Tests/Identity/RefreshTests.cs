namespace WebWaka.Cells.Tests.Identity;

public sealed class RefreshTests(CellsFixture cells)
{
    [Fact]
    public async Task A_refresh_token_gives_new_ones_and_is_spent()
    {
        var shop = await NewShop.SignUp(cells);
        var first = await shop.PasswordGrant(shop.OwnerEmail).Is(200);
        var second = await shop.RefreshGrant(first).Is(200);
        Assert.NotEqual((string)first["refresh_token"]!, (string)second["refresh_token"]!);
        await shop.With((string)second["access_token"]!).GetAsync("/api/me").Is(200);
        await shop.RefreshGrant(second).Is(200);
    }

    [Fact]
    public async Task A_refresh_token_used_twice_ends_its_whole_family_and_no_other()
    {
        var shop = await NewShop.SignUp(cells);
        var apart = await shop.PasswordGrant(shop.OwnerEmail).Is(200);
        var first = await shop.PasswordGrant(shop.OwnerEmail).Is(200);
        var second = await shop.RefreshGrant(first).Is(200);
        await shop.RefreshGrant(first).IsRefusal(400, "invalid_grant", "refresh_token_invalid");
        await shop.RefreshGrant(second).IsRefusal(400, "invalid_grant", "refresh_token_invalid");
        await shop.RefreshGrant(apart).Is(200);
    }

    [Fact]
    public async Task A_refresh_token_used_many_times_at_once_is_honoured_once_and_its_family_ends()
    {
        var shop = await NewShop.SignUp(cells);
        var first = await shop.PasswordGrant(shop.OwnerEmail).Is(200);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => shop.RefreshGrant(first)));
        var winner = Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        var second = await Task.FromResult(winner).Is(200);
        await shop.RefreshGrant(second).IsRefusal(400, "invalid_grant", "refresh_token_invalid");
    }

    [Fact]
    public async Task A_refresh_token_does_not_hold_on_another_shops_host()
    {
        var shop = await NewShop.SignUp(cells);
        var other = await NewShop.SignUp(cells);
        var tokens = await shop.PasswordGrant(shop.OwnerEmail).Is(200);
        await other.RefreshGrant(tokens).IsRefusal(400, "invalid_grant", "refresh_token_invalid");
        await shop.RefreshGrant(tokens, slug: "no-such-shop").IsRefusal(400, "invalid_grant", "refresh_token_invalid");
        await shop.RefreshGrant(tokens).Is(200);
    }

    [Fact]
    public async Task An_access_token_is_not_a_refresh_token_nor_the_other_way_round()
    {
        var shop = await NewShop.SignUp(cells);
        var tokens = await shop.PasswordGrant(shop.OwnerEmail).Is(200);
        await shop.With((string)tokens["refresh_token"]!).GetAsync("/api/me").IsProblem(401, "not_signed_in");
        tokens["refresh_token"] = (string)tokens["access_token"]!;
        await shop.RefreshGrant(tokens).IsRefusal(400, "invalid_grant", "refresh_token_invalid");
    }

    [Fact]
    public async Task Somebody_deactivated_has_no_session_left_even_when_they_come_back()
    {
        var (shop, owner, id, email) = await WithCashier();
        var tokens = await shop.PasswordGrant(email).Is(200);
        await owner.Send(HttpMethod.Put, $"/api/staff/{id}", new { name = "Kofi", role = "cashier", active = false }, ifMatch: "\"1\"").Is(200);
        await shop.RefreshGrant(tokens).IsRefusal(400, "invalid_grant", "refresh_token_invalid");
        await shop.PasswordGrant(email).IsRefusal(400, "invalid_grant", "wrong_credentials");

        await owner.Send(HttpMethod.Put, $"/api/staff/{id}", new { name = "Kofi", role = "cashier", active = true }, ifMatch: "\"2\"").Is(200);
        await shop.RefreshGrant(tokens).IsRefusal(400, "invalid_grant", "refresh_token_invalid");
        await shop.PasswordGrant(email).Is(200);
    }

    [Fact]
    public async Task A_new_role_holds_from_the_next_refresh_and_a_new_password_ends_the_session()
    {
        var (shop, owner, id, email) = await WithCashier();
        var tokens = await shop.PasswordGrant(email).Is(200);
        await owner.Send(HttpMethod.Put, $"/api/staff/{id}", new { name = "Kofi", role = "manager", active = true }, ifMatch: "\"1\"").Is(200);
        tokens = await shop.RefreshGrant(tokens).Is(200);
        var me = await shop.With((string)tokens["access_token"]!).GetAsync("/api/me").Is(200);
        Assert.Equal("manager", (string?)me["role"]);

        await owner.Send(HttpMethod.Put, $"/api/staff/{id}", new { name = "Kofi", role = "manager", active = true, password = "another horse 8" }, ifMatch: "\"2\"").Is(200);
        await shop.RefreshGrant(tokens).IsRefusal(400, "invalid_grant", "refresh_token_invalid");
        await shop.PasswordGrant(email).Is(400);
        await shop.PasswordGrant(email, "another horse 8").Is(200);
    }

    private async Task<(NewShop Shop, HttpClient Owner, Guid Id, string Email)> WithCashier()
    {
        var shop = await NewShop.SignUp(cells);
        var owner = await shop.SignedIn();
        var email = $"kofi@{shop.Slug}.test";
        var made = await owner.Post("/api/staff", new { name = "Kofi", email, password = NewShop.Password, role = "cashier" }).Is(201);
        return (shop, owner, (Guid)made["id"]!, email);
    }
}
