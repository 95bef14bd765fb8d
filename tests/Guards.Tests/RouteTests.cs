using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WebWaka.CellKit;
using WebWaka.Cells.Tests;
using WebWaka.Standalone;

namespace WebWaka.Guards.Tests;

/// <summary>One way into a Cell.</summary>
/// <param name="Method">Null: any.</param>
public sealed record Door(string Cell, string? Method, string Path, string? Permission, bool Anonymous)
{
    public bool HasId => Path.Contains('{');

    public override string ToString() => $"{Method} {Path}";

    /// <summary>The path with ids that nobody has.</summary>
    public string Somewhere()
    {
        var segments = Path.Split('/')
            .Select(s => !s.StartsWith('{') ? s : s.Contains(":guid") ? Guid.CreateVersion7().ToString() : "NOBODYS-1");
        return string.Join('/', segments);
    }

    public static IEnumerable<Door> Of(CellsFixture cells) =>
        from cell in CellList.All
        from endpoint in cells.ServicesOf(cell.Name).GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.AsEnumerable() ?? [null!]
        select new Door(
            cell.Name, method, path, endpoint.Metadata.GetMetadata<RequiredPermission>()?.Name, endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);
}

/// <summary>Every route of every Cell, as it runs: who gets in, and who is told that there is nothing (security.md Q-05, Q-08).</summary>
public sealed class RouteTests(CellsFixture cells)
{
    /// <summary>Routes that need no token, with the reason.</summary>
    private static readonly Dictionary<string, string> Anonymous = new()
    {
        ["POST /connect/token"] = "it gives the token",
        ["POST /api/webhooks/paystack"] = "Paystack has no token: the signature of the raw body is asked instead",
        ["POST /api/tenants"] = "a shop that signs up has nobody yet",
        ["GET /internal/tenants/{slug}"] = "the gateway asks before anybody is known; not routed from outside; answers only whether a shop is open",
        [" /alive"] = "a probe",
        [" /ready"] = "a probe",
        [" /health"] = "names of failing checks, for the gateway; not routed from outside",
        ["GET /openapi/{documentName}.json"] = "what the API is, no data",
    };

    /// <summary>Routes that any signed-in person of the tenant may call, with the reason.</summary>
    private static readonly Dictionary<string, string> AnyRole = new()
    {
        ["GET /api/me"] = "who am I",
        ["GET /api/settings"] = "every screen needs currency and time zone",
        ["GET /api/stores"] = "every screen chooses a store",
        ["GET /api/tills"] = "every till finds itself",
    };

    private readonly Door[] _doors = [.. Door.Of(cells)];

    private IEnumerable<Door> Closed => _doors.Where(door => !door.Anonymous);

    [Fact]
    public void Every_route_asks_for_a_permission_or_is_listed_with_its_reason()
    {
        Assert.True(_doors.Length > 50, $"only {_doors.Length} routes were found");
        Offenders.None(_doors.Where(d => d.Anonymous && !Anonymous.ContainsKey(d.ToString())).Select(d => $"{d.Cell} {d}"),
            "Open to everybody: list it with its reason or ask for a token.");
        Offenders.None(_doors.Where(d => !d.Anonymous && d.Permission is null && !AnyRole.ContainsKey(d.ToString())).Select(d => $"{d.Cell} {d}"),
            "Give it .RequirePermission(...), or list it with its reason.");
        Offenders.None(_doors.Where(d => d.Permission is { } p && p.Split(" | ").Except(Permissions.All).Any()).Select(d => $"{d.Cell} {d}: {d.Permission}"),
            "There is no such permission.");
        Offenders.None(
            Anonymous.Keys.Concat(AnyRole.Keys).Except(_doors.Where(d => d.Permission is null).Select(d => d.ToString())),
            "No longer an exception: take it off the list.");
    }

    [Fact]
    public async Task Without_a_token_every_route_answers_401()
    {
        using var http = new HttpClient();
        var wrong = new List<string>();
        foreach (var door in Closed)
            await Expect(http, door, door.Somewhere(), 401, "not_signed_in", wrong);
        Offenders.None(wrong, "A route without a token answers 401 not_signed_in before anything else.");
    }

    [Fact]
    public async Task Without_its_permission_every_route_answers_403()
    {
        var shop = new Shop(cells);
        var wrong = new List<string>();
        foreach (var group in Closed.Where(door => door.Permission is not null).GroupBy(door => door.Permission!))
        {
            // "a | b": either of them opens it.
            using var http = ClientOf(shop, Permissions.All.Except(group.Key.Split(" | ")));
            foreach (var door in group)
                await Expect(http, door, door.Somewhere(), 403, "forbidden", wrong);
        }

        Offenders.None(wrong, "All other permissions together must not open it.");
    }

    [Fact]
    public async Task An_id_that_is_not_the_callers_is_not_there()
    {
        var shop = new Shop(cells);
        using var http = ClientOf(shop, Permissions.All);
        var wrong = new List<string>();
        foreach (var door in Closed.Where(door => door is { Method: "GET", HasId: true }))
        {
            var (first, second) = (await Answer(http, door, door.Somewhere()), await Answer(http, door, door.Somewhere()));
            if (first.Status != 404 || !Shape(first.Body).SequenceEqual(Shape(second.Body)))
                wrong.Add($"{door.Cell} {door}: {first.Status} {first.Body}");
        }

        Offenders.None(wrong, "404, in the same shape for each.");
    }

    [Fact]
    public void Every_route_has_a_test_with_another_tenant()
    {
        var tests = typeof(CellsFixture).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttributes(inherit: false).Any(a => a is FactAttribute))
            .Select(method => $"{method.DeclaringType!.FullName!.Replace("WebWaka.Cells.Tests.", "")}.{method.Name}")
            .ToHashSet();
        var table = OtherTenant.Tests;
        Offenders.None(Closed.Select(d => d.ToString()).Distinct().Except(table.Keys),
            "Write a test that calls it with another tenant's ids, and name it in OtherTenant.cs.");
        Offenders.None(table.Keys.Except(Closed.Select(d => d.ToString())), "There is no such route any more: take it out of OtherTenant.cs.");
        Offenders.None(table.Values.Distinct().Except(tests), "OtherTenant.cs names a test that is not there.");
    }

    private HttpClient ClientOf(Shop shop, IEnumerable<string> permissions)
    {
        var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", shop.Token(change: token =>
        {
            token.Subject.RemoveClaim(token.Subject.FindFirst(CellKit.Claims.Permissions));
            token.Subject.AddClaim(new Claim(CellKit.Claims.Permissions, string.Join(' ', permissions)));
        }));
        return client;
    }

    private async Task Expect(HttpClient http, Door door, string path, int status, string code, List<string> wrong)
    {
        var answer = await Answer(http, door, path);
        if (answer.Status != status || (string?)answer.Body?["code"] != code)
            wrong.Add($"{door.Cell} {door}: {answer.Status} {answer.Body}");
    }

    private async Task<(int Status, JsonObject? Body)> Answer(HttpClient http, Door door, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(door.Method ?? "GET"), new Uri(cells.AddressOf(door.Cell), path));
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var body = response.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonNode.Parse(text)!.AsObject() : null;
        return ((int)response.StatusCode, body);
    }

    /// <summary>What two answers must have in common so that neither tells whether the thing exists elsewhere.</summary>
    private static IEnumerable<string> Shape(JsonObject? body) =>
        body?.Where(member => member.Key is not ("traceId" or "instance"))
            .Select(member => $"{member.Key}={(member.Key == "detail" ? "" : member.Value)}") ?? [];
}
