using System.Net.Http.Headers;
using System.Security.Claims;
using WebWaka.Contracts.Identity;


namespace WebWaka.Cells.Tests.Tax;

internal static class Settings
{
    public static TenantSettingsChanged Of(
        string country, string currency, long version = 1, bool pricesIncludeTax = false, string name = "Shop", string timeZone = "Africa/Lagos") =>
        new(version, "shop", name, country, currency, timeZone, "04:00", pricesIncludeTax, null, null, "active");

    /// <summary>An owner's client of the tax Cell whose token lacks one permission.</summary>
    public static HttpClient Without(this Shop shop, string permission)
    {
        var client = shop.Client("tax");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", shop.Token(change: token =>
        {
            var claim = token.Subject.FindFirst(CellKit.Claims.Permissions)!;
            token.Subject.RemoveClaim(claim);
            token.Subject.AddClaim(new Claim(claim.Type, string.Join(' ', claim.Value.Split(' ').Except([permission]))));
        }));
        return client;
    }

    /// <summary>A tenant that has just been made in this country.</summary>
    public static async Task<Shop> ShopIn(this CellsFixture cells, string country, string currency, bool pricesIncludeTax = false)
    {
        var shop = new Shop(cells);
        await shop.Hear(Of(country, currency, pricesIncludeTax: pricesIncludeTax));
        return shop;
    }
}
