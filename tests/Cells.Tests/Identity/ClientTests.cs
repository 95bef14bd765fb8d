using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Identity;

public sealed class ClientTests(CellsFixture cells)
{
    private static Dictionary<string, string> Form(JsonNode client, string? secret = null) => new()
    {
        ["grant_type"] = "client_credentials", ["client_id"] = (string)client["clientId"]!, ["client_secret"] = secret ?? (string)client["clientSecret"]!,
    };

    [Fact]
    public async Task A_program_gets_tokens_for_what_it_was_given_until_it_is_removed()
    {
        var shop = await NewShop.SignUp(cells);
        var owner = await shop.SignedIn();
        var client = await owner.Post("/api/clients", new { name = "Books", permissions = new[] { "reports.read", "staff.edit" } }).Is(201);
        var tokens = await shop.Token(Form(client)).Is(200);
        Assert.Null(tokens["refresh_token"]);
        var program = shop.With((string)tokens["access_token"]!);
        var me = await program.GetAsync("/api/me").Is(200);
        Assert.Equal(("client", "Books", "[\"reports.read\",\"staff.edit\"]"), ((string?)me["role"], (string?)me["name"], me["permissions"]!.ToJsonString()));
        await program.GetAsync("/api/staff").Is(200);
        await program.Post("/api/stores", new { code = "S02", name = "x" }).IsProblem(403, "forbidden");

        var listed = (await owner.GetAsync("/api/clients").Is(200)).ToJsonString();
        Assert.Contains((string)client["clientId"]!, listed);
        Assert.DoesNotContain((string)client["clientSecret"]!, listed);
        await owner.DeleteAsync($"/api/clients/{client["id"]}").Is(204);
        await shop.Token(Form(client)).IsRefusal(401, "invalid_client", "client_unknown");
    }

    [Fact]
    public async Task A_program_is_let_in_by_its_own_secret_and_on_its_own_shops_host()
    {
        var shop = await NewShop.SignUp(cells);
        var other = await NewShop.SignUp(cells);
        var client = await (await shop.SignedIn()).Post("/api/clients", new { name = "Books", permissions = new[] { "reports.read" } }).Is(201);
        await shop.Token(Form(client, "wrong")).IsRefusal(401, "invalid_client", "client_unknown");
        await shop.Token(Form(client), slug: other.Slug).IsRefusal(401, "invalid_client", "client_unknown");
        await shop.Token(Form(client), slug: "no-such-shop").IsRefusal(401, "invalid_client", "client_unknown");

        var thief = await other.SignedIn();
        await thief.DeleteAsync($"/api/clients/{client["id"]}").IsProblem(404, "not_found");
        Assert.Empty((await thief.GetAsync("/api/clients").Is(200))["items"]!.AsArray());
        await new HttpClient { BaseAddress = cells.AddressOf("identity") }.DeleteAsync($"/api/clients/{client["id"]}").IsProblem(401, "not_signed_in");
        await new Shop(cells).Client("identity", "manager").DeleteAsync($"/api/clients/{client["id"]}").IsProblem(403, "forbidden");
        await shop.Token(Form(client)).Is(200);
    }
}
