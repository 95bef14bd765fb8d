namespace WebWaka.Cells.Tests.Identity;

public sealed class SignInTests(CellsFixture cells)
{
    [Fact]
    public async Task An_owner_signs_in_and_is_told_who_they_are()
    {
        var shop = await NewShop.SignUp(cells);
        var tokens = await shop.PasswordGrant(shop.OwnerEmail).Is(200);
        Assert.NotNull(tokens["refresh_token"]);
        Assert.InRange((int)tokens["expires_in"]!, 590, 600);

        var me = await shop.With((string)tokens["access_token"]!).GetAsync("/api/me").Is(200);
        Assert.Equal(shop.OwnerEmail, (string?)me["email"]);
        Assert.Equal("owner", (string?)me["role"]);
        Assert.Equal(("NGN", shop.Slug, shop.Id), ((string?)me["tenant"]!["currency"], (string?)me["tenant"]!["slug"], (Guid)me["tenant"]!["id"]!));
    }
}
