using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>A Cell that has come up while identity was away, with no keys kept from before.</summary>
public sealed class TokenKeysTests
{
    [Theory]
    [InlineData("x.y.z", 503, "try_again")]
    [InlineData(null, 401, "not_signed_in")]
    public async Task A_token_that_cannot_be_judged_yet_is_not_called_bad(string? token, int status, string code)
    {
        await using var cell = new InProcess();
        await cell.Start([new CellModule("probe", null, AddTo, Map)], new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["services:identity:http:0"] = "http://127.0.0.1:1",
        }, "Development", CancellationToken.None);
        using var client = new HttpClient { BaseAddress = new Uri(cell.Addresses["probe"]) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mine");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        using var answer = await client.SendAsync(request);

        Assert.Equal(status == 503, answer.Headers.RetryAfter is not null);
        await Task.FromResult(answer).IsProblem(status, code);
    }

    private static void AddTo(IHostApplicationBuilder builder)
    {
        builder.Services.AddProblemHandling();
        builder.AddTokenAccess();
    }

    private static void Map(WebApplication app)
    {
        app.UseProblemHandling();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/mine", () => "mine").RequireAuthorization();
    }
}
