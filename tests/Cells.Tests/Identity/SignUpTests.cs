using WebWaka.CellKit;
using WebWaka.Identity.Tenants;

namespace WebWaka.Cells.Tests.Identity;

public sealed class SignUpTests(CellsFixture cells)
{
    private HttpClient Door() => new() { BaseAddress = cells.AddressOf("identity") };

    [Fact]
    public async Task A_new_shop_has_an_owner_a_store_and_a_till_and_other_Cells_hear_of_it()
    {
        var shop = await NewShop.SignUp(cells, "CI");
        var owner = await shop.SignedIn();
        var settings = await owner.GetAsync("/api/settings").Is(200);
        Assert.Equal(("XOF", "Africa/Abidjan", "fr", "04:00"), (
            (string?)settings["currency"], (string?)settings["timeZone"], (string?)settings["language"], (string?)settings["dayCutoff"]));
        var store = Assert.Single((await owner.GetAsync("/api/stores").Is(200))["items"]!.AsArray())!;
        var till = Assert.Single((await owner.GetAsync($"/api/tills?storeId={store["id"]}").Is(200))["items"]!.AsArray())!;
        Assert.Equal("T01", (string?)till["code"]);

        await Eventually($"SELECT count(*) FROM transaction.store WHERE tenant_id = '{shop.Id}' AND id = '{store["id"]}' AND time_zone = 'Africa/Abidjan'", 1);
    }

    [Fact]
    public async Task A_sign_up_sent_twice_makes_one_shop_and_answers_the_same_bytes()
    {
        var form = NewShop.Form(NewShop.FreshSlug());
        var key = NewShop.FreshSlug();
        using var first = await Door().Post("/api/tenants", form, key);
        using var second = await Door().Post("/api/tenants", form, key);
        Assert.Equal((201, 201), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(null, null, "https://{0}.localhost/")]
    [InlineData("http", "localhost:8080", "http://{0}.localhost:8080/")]
    [InlineData("https", "localhost", "https://{0}.localhost/")]
    [InlineData("http", "elsewhere.example:8080", "https://{0}.localhost/")]
    [InlineData("javascript", "localhost:8080", "https://{0}.localhost/")]
    public async Task A_new_shops_address_is_reached_as_its_owner_came(string? scheme, string? host, string url)
    {
        var slug = NewShop.FreshSlug();
        using var door = Door();
        if (scheme is not null)
            door.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        if (host is not null)
            door.DefaultRequestHeaders.Add("X-Forwarded-Host", host);

        var made = await door.Post("/api/tenants", NewShop.Form(slug), key: slug).Is(201);

        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, slug), (string?)made["url"]);
    }

    [Fact]
    public async Task A_sign_up_sent_twice_at_once_makes_one_shop()
    {
        var slug = NewShop.FreshSlug();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Door().Post("/api/tenants", NewShop.Form(slug), key: slug).Is(201)));
        Assert.Single(answers.Select(answer => (Guid)answer["id"]!).Distinct());
        Assert.Equal(1L, await Count($"SELECT count(*) FROM identity.staff s JOIN identity.tenant t ON t.id = s.tenant_id WHERE t.slug = '{slug}'"));
    }

    [Fact]
    public async Task A_key_with_another_body_or_password_is_refused()
    {
        var slug = NewShop.FreshSlug();
        await Door().Post("/api/tenants", NewShop.Form(slug), key: slug).Is(201);
        await Door().Post("/api/tenants", NewShop.Form(slug, "GH"), key: slug).IsProblem(422, "idempotency_key_reused");
        await Door().Post("/api/tenants", NewShop.Form(slug, password: "another horse 8"), key: slug).IsProblem(422, "idempotency_key_reused");
        await Door().Post("/api/tenants", NewShop.Form(slug)).IsProblem(400, "idempotency_key_missing");
    }

    [Fact]
    public async Task What_is_kept_of_a_sign_up_does_not_let_a_password_be_guessed()
    {
        var slug = NewShop.FreshSlug();
        await Door().Post("/api/tenants", NewShop.Form(slug), key: slug).Is(201);
        var request = new SignUp.Request(slug, $"Shop {slug}", "NG", new SignUp.OwnerDto("Ada Obi", $"owner@{slug}.test", NewShop.Password));
        await using var command = cells.Ops.CreateCommand("SELECT fingerprint FROM identity.idempotency WHERE key = $1");
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = slug });
        Assert.NotEqual(Idempotency.Fingerprint(request), (byte[])(await command.ExecuteScalarAsync())!);
    }

    [Fact]
    public async Task An_address_is_given_once_however_many_ask_at_once()
    {
        var slug = NewShop.FreshSlug();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Door().Post("/api/tenants", NewShop.Form(slug), key: $"{slug}-{i}")));
        Assert.Single(answers, answer => (int)answer.StatusCode == 201);
        await Door().Post("/api/tenants", NewShop.Form(slug), key: $"{slug}-late").IsProblem(409, "slug_taken");
    }

    [Theory]
    [InlineData("admin", "slug_reserved")]
    [InlineData("xn--bcher-kva", "slug_reserved")]
    [InlineData("ab", "invalid_request")]
    [InlineData("-abc", "invalid_request")]
    [InlineData("abc-", "invalid_request")]
    [InlineData("Abc", "invalid_request")]
    [InlineData("a.b.c", "invalid_request")]
    [InlineData("abc\n", "invalid_request")]
    [InlineData("a23456789012345678901234567890123456789012", "invalid_request")]
    public async Task A_bad_address_is_refused(string slug, string code) =>
        await Door().Post("/api/tenants", NewShop.Form(slug), key: NewShop.FreshSlug()).IsProblem(400, code);

    [Fact]
    public async Task A_country_without_a_pack_a_weak_password_and_an_unknown_member_are_refused()
    {
        var slug = NewShop.FreshSlug();
        await Door().Post("/api/tenants", NewShop.Form(slug, "XX"), key: slug).IsProblem(400, "country_unknown");
        await Door().Post("/api/tenants", NewShop.Form(slug, password: "short7!"), key: slug).IsProblem(400, "invalid_request");
        var owner = new { name = "Ada", email = "not-an-address", password = NewShop.Password };
        await Door().Post("/api/tenants", new { slug, name = "x", country = "NG", owner }, key: slug).IsProblem(400, "invalid_request");
        await Door().Post("/api/tenants", new { slug, name = "x", country = "NG", owner, status = "active" }, key: slug).IsProblem(400, "malformed_request");
        await Door().GetAsync($"/internal/tenants/{slug}").IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Every_country_pack_can_be_signed_up_with()
    {
        foreach (var (country, currency) in new[] { ("NG", "NGN"), ("GH", "GHS"), ("KE", "KES"), ("ZA", "ZAR"), ("CI", "XOF") })
        {
            var pack = Country.Find(country)!.On(new DateOnly(2026, 6, 1));
            Assert.Equal(currency, pack.Currency);
            Assert.Null(WebWaka.Identity.Rules.First(
                WebWaka.Identity.Rules.TimeZone("", pack.TimeZone), WebWaka.Identity.Rules.Currency("", pack.Currency),
                WebWaka.Identity.Rules.TimeOfDay("", pack.DayCutoff)));
        }

        var shop = await NewShop.SignUp(cells, "KE");
        var found = await Door().GetAsync($"/internal/tenants/{shop.Slug}").Is(200);
        Assert.Equal((shop.Id, "active", 1L), ((Guid)found["id"]!, (string?)found["status"], (long)found["version"]!));
    }

    private async Task<long> Count(string sql)
    {
        await using var command = cells.Ops.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task Eventually(string sql, long expected)
    {
        for (var i = 0; i < 100 && await Count(sql) != expected; i++)
            await Task.Delay(100);
        Assert.Equal(expected, await Count(sql));
    }
}
