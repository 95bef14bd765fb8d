using System.Net.Http.Headers;
using WebWaka.CellKit;
using WebWaka.Gateway;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>The same limit at the gateway's door, in front of a Cell that runs.</summary>
public sealed class GatewayBodyTests(CellsFixture cells)
{
    [Theory]
    [InlineData(true, 1024 * 1024 + 1, 413, "body_too_large")]
    [InlineData(false, 1024 * 1024 + 1, 413, "body_too_large")]
    [InlineData(true, 1024, 401, "not_signed_in")]
    [InlineData(false, 1024, 401, "not_signed_in")]
    public async Task A_body_over_a_mebibyte_is_refused_whether_its_length_is_said_or_not(bool said, int length, int status, string code)
    {
        await using var gateway = new InProcess();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [Wiring.Variables.RedisUrl] = "127.0.0.1:1",
            ["services:inventory:http:0"] = cells.AddressOf("inventory").ToString(),
        };
        await gateway.Start(
            [new CellModule("gateway", null, builder => builder.AddGateway(), app => app.MapGateway())], settings, "Development", CancellationToken.None);
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Addresses["gateway"]) };
        var body = new byte[length];
        using HttpContent content = said ? new ByteArrayContent(body) : new StreamContent(new MemoryStream(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/products") { Content = content };
        (request.Headers.Host, request.Headers.TransferEncodingChunked) = ("shop.localhost", !said);
        // Refused by its length alone: who pours it out all the same may find the door shut before the answer is read.
        request.Headers.ExpectContinue = said;
        // Of nobody: the gateway lets the Cell judge it.
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "x.y.z");

        await client.SendAsync(request).IsProblem(status, code);
    }
}
