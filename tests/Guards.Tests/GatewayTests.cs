using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using WebWaka.Cells.Tests;
using WebWaka.Gateway;
using WebWaka.Standalone;
using Yarp.ReverseProxy.Configuration;

namespace WebWaka.Guards.Tests;

/// <summary>The gateway's table and the Cells' routes say the same.</summary>
public sealed class GatewayTests(CellsFixture cells)
{
    /// <summary>Cell routes that the gateway does not let in, with the reason.</summary>
    private static readonly Dictionary<string, string> Inside = new()
    {
        [" /alive"] = "a probe of the one process",
        [" /ready"] = "a probe of the one process",
        [" /health"] = "for the gateway itself",
        ["GET /openapi/{documentName}.json"] = "shown at /docs where it is switched on",
        ["GET /internal/tenants/{slug}"] = "for the gateway itself",
    };

    /// <summary>Gateway routes behind which no endpoint is listed, with the reason.</summary>
    private static readonly Dictionary<string, string> NoEndpoint = new()
    {
        ["/.well-known/{**rest}"] = "answered by the token server's middleware",
    };

    private readonly Door[] _doors = [.. Door.Of(cells)];

    private static IReadOnlyList<RouteConfig> Routes(string environment = "Development", bool docs = false)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration["Docs"] = docs.ToString();
        builder.Configuration[Wiring.Variables.RootSecret] = "only so that it can be built";
        builder.Configuration[Wiring.Variables.RedisUrl] = "redis://127.0.0.1:1";
        builder.AddGateway();
        using var app = builder.Build();
        return [.. app.Services.GetServices<IProxyConfigProvider>().SelectMany(provider => provider.GetConfig().Routes)];
    }

    [Fact]
    public void Every_Cell_route_is_reached_through_the_gateway_and_only_as_its_Cells_own()
    {
        var routes = Routes();
        Offenders.None(
            from door in _doors where !Inside.ContainsKey(door.ToString())
            let covering = routes.Where(route => Covers(route, door)).ToList()
            // Of an address below another the longer one is taken, as ASP.NET does.
            let owners = covering.Where(route => route.Match.Path!.Length == covering.Max(other => other.Match.Path!.Length))
                .Select(route => route.ClusterId).Distinct().ToList()
            where owners.Count != 1 || owners[0] != door.Cell
            select $"{door.Cell} {door} goes to {(owners.Count == 0 ? "nobody" : string.Join(" and ", owners))}",
            "Add it to gateway/Routes.cs, which names each prefix's one owner.");
        Offenders.None(
            _doors.Where(door => Inside.ContainsKey(door.ToString()) && routes.Any(route => Covers(route, door))).Select(door => $"{door.Cell} {door}"),
            "It is not for outside: the gateway must not route it.");
        Offenders.None(Inside.Keys.Except(_doors.Select(d => d.ToString())), "No longer an exception: take it off the list.");
    }

    [Theory]
    [InlineData("Development", false, true)]
    [InlineData("Production", false, false)]
    [InlineData("Production", true, true)]
    public void The_documents_are_where_the_page_that_shows_them_is(string environment, bool docs, bool served) =>
        Assert.Equal(served ? Wiring.Cells.Length : 0, Routes(environment, docs).Count(route => route.RouteId.StartsWith("docs ", StringComparison.Ordinal)));

    [Fact]
    public void Every_gateway_route_leads_to_an_endpoint()
    {
        string[] running = [.. CellList.All.Select(cell => cell.Name)];
        var empty = Routes().Where(route => running.Contains(route.ClusterId) && !route.Match.Path!.StartsWith("/docs"))
            .Where(route => !_doors.Any(door => door.Cell == route.ClusterId && Covers(route, door))).Select(route => route.Match.Path!).ToList();
        Offenders.None(empty.Except(NoEndpoint.Keys), "No endpoint answers behind it: remove it from gateway/Routes.cs.");
        Offenders.None(NoEndpoint.Keys.Except(empty), "It is answered now: take it off the list.");
    }

    [Fact]
    public void Every_gateway_route_is_limited() => Offenders.None(
        Routes().Where(route => string.IsNullOrEmpty(route.RateLimiterPolicy)).Select(route => route.RouteId), "Name the rate limit.");

    private static bool Covers(RouteConfig route, Door door) =>
        (route.Match.Methods is null || door.Method is null || route.Match.Methods.Contains(door.Method))
        && new TemplateMatcher(TemplateParser.Parse(route.Match.Path!), []).TryMatch(door.Somewhere(), []);
}
