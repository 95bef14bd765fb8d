using System.Diagnostics;
using Microsoft.IdentityModel.JsonWebTokens;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Identity;

public sealed class SignInTests(CellsFixture cells)
{
    [Fact]
    public async Task An_owner_signs_in_and_is_told_who_they_are()
    {
        var shop = await NewShop.SignUp(cells);
        var tokens = await shop.PasswordGrant(shop.OwnerEmail.ToUpperInvariant()).Is(200);
        Assert.NotNull(tokens["refresh_token"]);
        Assert.InRange((int)tokens["expires_in"]!, 590, 600);

        var me = await shop.With((string)tokens["access_token"]!).GetAsync("/api/me").Is(200);
        Assert.Equal(shop.OwnerEmail, (string?)me["email"]);
        Assert.Equal("owner", (string?)me["role"]);
        Assert.Equal(Permissions.All, me["permissions"]!.AsArray().Select(p => (string)p!));
        Assert.Equal(("NGN", shop.Slug, shop.Id), ((string?)me["tenant"]!["currency"], (string?)me["tenant"]!["slug"], (Guid)me["tenant"]!["id"]!));
    }

    [Fact]
    public async Task An_access_token_says_what_a_Cell_reads_and_every_Cell_takes_it()
    {
        var shop = await NewShop.SignUp(cells);
        var tokens = await shop.PasswordGrant(shop.OwnerEmail).Is(200);
        var token = new JsonWebToken((string)tokens["access_token"]!);
        Assert.Equal(("at+jwt", "ES256", "https://localhost/"), (token.Typ, token.Alg, token.Issuer));
        Assert.Equal([TokenAccess.Audience], token.Audiences);
        string Claim(string name) => Assert.Single(token.Claims, claim => claim.Type == name).Value;
        Assert.Equal((shop.Id.ToString(), shop.Slug, "Ada Obi"), (Claim("tid"), Claim("tenant"), Claim("name")));
        Assert.Equal(("owner", string.Join(' ', Permissions.All)), (Claim("role"), Claim("perm")));
        Assert.DoesNotContain(token.Claims, claim => claim.Type == "epoch");

        await shop.With((string)tokens["access_token"]!, "transaction").GetAsync("/api/nothing-is-here").IsProblem(404, "not_found");
    }

    [Fact]
    public async Task The_keys_are_served_without_their_private_part()
    {
        var shop = await NewShop.SignUp(cells);
        var keys = (await shop.Anonymous().GetAsync("/.well-known/jwks").Is(200))["keys"]!.AsArray();
        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.Equal(("EC", "ES256", null), ((string?)key!["kty"], (string?)key["alg"], (string?)key["d"])));
        var configuration = await shop.Anonymous().GetAsync("/.well-known/openid-configuration").Is(200);
        Assert.Equal("https://localhost/", (string?)configuration["issuer"]);
    }

    [Fact]
    public async Task The_configuration_names_the_address_that_was_called_and_no_process_behind_it()
    {
        using var client = new HttpClient { BaseAddress = cells.AddressOf("identity") };
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "shop.example.test:8443");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        var configuration = await client.GetAsync("/.well-known/openid-configuration").Is(200);
        Assert.Equal("https://shop.example.test:8443/connect/token", (string?)configuration["token_endpoint"]);
        Assert.Equal("https://shop.example.test:8443/.well-known/jwks", (string?)configuration["jwks_uri"]);
        Assert.DoesNotContain(client.BaseAddress!.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), configuration.ToJsonString());
    }

    [Fact]
    public async Task Wrong_password_unknown_person_and_unknown_shop_are_one_answer()
    {
        var shop = await NewShop.SignUp(cells);
        await shop.PasswordGrant(shop.OwnerEmail, "wrong horse 7").IsRefusal(400, "invalid_grant", "wrong_credentials");
        var wrong = (await shop.PasswordGrant(shop.OwnerEmail, "wrong horse 7").Is(400)).ToJsonString();
        Assert.Equal(wrong, (await shop.PasswordGrant("nobody@here.test").Is(400)).ToJsonString());
        Assert.Equal(wrong, (await shop.PasswordGrant(shop.OwnerEmail, slug: "no-such-shop").Is(400)).ToJsonString());
        Assert.Equal(wrong, (await shop.PasswordGrant(shop.OwnerEmail, slug: "").Is(400)).ToJsonString());
        Assert.Equal(wrong, (await shop.PasswordGrant(new string('a', 300)).Is(400)).ToJsonString());

        var other = await NewShop.SignUp(cells);
        Assert.Equal(wrong, (await other.PasswordGrant(shop.OwnerEmail).Is(400)).ToJsonString());
    }

    [Fact]
    public async Task An_unknown_person_costs_as_much_time_as_a_wrong_password()
    {
        var shop = await NewShop.SignUp(cells);
        var known = await Fastest(() => shop.PasswordGrant(shop.OwnerEmail, "wrong horse 7"));
        Assert.True(await Fastest(() => shop.PasswordGrant("nobody@here.test")) > known / 3, "an unknown person is answered sooner");
        Assert.True(await Fastest(() => shop.PasswordGrant(shop.OwnerEmail, slug: "no-such-shop")) > known / 3, "an unknown shop is answered sooner");
    }

    private static async Task<TimeSpan> Fastest(Func<Task<HttpResponseMessage>> call)
    {
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < 4; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await call().Is(400);
            var took = Stopwatch.GetElapsedTime(start);
            fastest = took < fastest ? took : fastest;
        }

        return fastest;
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_and_even_the_right_one_is_not_told_so()
    {
        var shop = await NewShop.SignUp(cells);
        for (var i = 0; i < 5; i++)
            await shop.PasswordGrant(shop.OwnerEmail, "wrong horse 7").Is(400);
        await shop.PasswordGrant(shop.OwnerEmail).IsRefusal(400, "invalid_grant", "wrong_credentials");

        await Sql($"UPDATE identity.staff SET locked_until = locked_until - interval '61 seconds' WHERE tenant_id = '{shop.Id}'");
        await shop.PasswordGrant(shop.OwnerEmail).Is(200);
        Assert.Equal(0L, await Sql($"SELECT wrong_passwords::bigint FROM identity.staff WHERE tenant_id = '{shop.Id}'"));
    }

    [Fact]
    public async Task Guesses_at_one_account_take_turns_so_that_none_passes_a_lock_in_the_making()
    {
        var shop = await NewShop.SignUp(cells);
        await using var fifthWrong = await cells.Ops.OpenConnectionAsync();
        await using var transaction = await fifthWrong.BeginTransactionAsync();
        await using (var command = fifthWrong.CreateCommand())
        {
            command.CommandText = $"UPDATE identity.staff SET wrong_passwords = 5, locked_until = now() + interval '1 minute' WHERE tenant_id = '{shop.Id}'";
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        var guess = shop.PasswordGrant(shop.OwnerEmail);
        await Task.WhenAny(guess, Task.Delay(1500));
        await transaction.CommitAsync();
        await guess.IsRefusal(400, "invalid_grant", "wrong_credentials");
    }

    [Fact]
    public void A_lock_doubles_with_each_further_wrong_password()
    {
        Assert.Null(WebWaka.Identity.Tokens.SignIn.LockAfter(4));
        Assert.Equal([1, 2, 4, 8], Enumerable.Range(5, 4).Select(n => (int)WebWaka.Identity.Tokens.SignIn.LockAfter(n)!.Value.TotalMinutes));
        Assert.Equal(1024, WebWaka.Identity.Tokens.SignIn.LockAfter(int.MaxValue)!.Value.TotalMinutes);
    }

    [Fact]
    public async Task A_suspended_shop_gives_no_tokens()
    {
        var shop = await NewShop.SignUp(cells);
        var tokens = await shop.PasswordGrant(shop.OwnerEmail).Is(200);
        await Sql($"UPDATE identity.tenant SET status = 'suspended' WHERE id = '{shop.Id}'");
        var refused = await shop.PasswordGrant(shop.OwnerEmail).IsProblem(403, "tenant_suspended");
        Assert.Equal("access_denied", (string?)refused["error"]);
        await shop.RefreshGrant(tokens).IsProblem(403, "tenant_suspended");
        var seen = await shop.Anonymous().GetAsync($"/internal/tenants/{shop.Slug}").Is(200);
        Assert.Equal("suspended", (string?)seen["status"]);
    }

    [Fact]
    public async Task Other_grants_and_clients_are_refused_in_OAuths_words_with_our_code()
    {
        var shop = await NewShop.SignUp(cells);
        await shop.Token(new() { ["grant_type"] = "password", ["client_id"] = "nobody", ["username"] = "a@b.test", ["password"] = "x" })
            .IsRefusal(401, "invalid_client", "client_unknown");
        await shop.Token(new() { ["grant_type"] = "implicit", ["client_id"] = "till" }).IsRefusal(400, "unsupported_grant_type", "grant_unsupported");
        await shop.Token(new() { ["grant_type"] = "client_credentials", ["client_id"] = "till" }).Is(400);
    }

    private async Task<object?> Sql(string sql)
    {
        await using var command = cells.Ops.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
