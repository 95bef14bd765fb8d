using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace WebWaka.Standalone.Tests;

public sealed class SecondStartTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The shops are made once. What their owners do with them later is theirs, a new password among it.</summary>
    [Fact]
    public async Task A_second_start_takes_the_demo_shops_as_their_owners_left_them()
    {
        const string Changed = "Mine-alone-2026!";
        using Scratch scratch = new();
        var port = FreePort.Choose();
        await using (var first = await StandaloneProgram.StartOn(port, scratch).ReadyAsync())
        {
            using var owner = await DemoShop.SignIn(port, "owner");
            var me = JsonNode.Parse(await owner.GetStringAsync("/api/staff", Stop))!["items"]!.AsArray().Single(staff => (string?)staff!["role"] == "owner")!;
            using HttpRequestMessage change = new(HttpMethod.Put, $"/api/staff/{me["id"]}")
            {
                Content = JsonContent.Create(new { name = "Ada", role = "owner", active = true, password = Changed }),
            };
            change.Headers.IfMatch.ParseAdd($"\"{me["version"]}\"");
            using var answer = await owner.SendAsync(change, Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await using var again = await StandaloneProgram.StartOn(port, scratch).ReadyAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => DemoShop.SignIn(port, "owner"));
        using var returned = await DemoShop.SignIn(port, "owner", Changed);
        Assert.Equal(4, JsonNode.Parse(await returned.GetStringAsync("/api/products?limit=4", Stop))!["items"]!.AsArray().Count);
    }
}
