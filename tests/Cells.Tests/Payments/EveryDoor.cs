using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WebWaka.Cells.Tests.Transaction;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>
/// Every address of a Cell, as its routes say, with a text of one's choice in the path, in the query, in the key, and in the members of the
/// body that are texts: in all of them at once, and in each alone with something likely in the others.
/// </summary>
internal sealed class EveryDoor(CellsFixture cells, PayingShop shop)
{
    private static readonly Dictionary<string, string> Likely = new(StringComparer.OrdinalIgnoreCase)
    {
        ["country"] = "NG", ["currency"] = "NGN", ["timeZone"] = "Africa/Lagos", ["dayCutoff"] = "04:00", ["language"] = "en", ["role"] = "cashier",
        ["email"] = "ada@shop.test", ["password"] = "a long enough password", ["price"] = "100", ["quantity"] = "1", ["taxClass"] = "standard",
        ["code"] = "DOOR1", ["sku"] = "DOOR-1", ["kind"] = "paidIn", ["resolution"] = "declined", ["channel"] = "checkout", ["permissions"] = "sales.sell",
    };

    /// <summary>How many requests were answered, and how many of them with 2xx.</summary>
    public async Task<(int Asked, int Taken)> Knock(string cell, string text)
    {
        using var client = shop.Selling.Shop.Client(cell);
        var (asked, taken) = (0, 0);
        foreach (var endpoint in cells.ServicesOf(cell).GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = Regex.Replace(endpoint.RoutePattern.RawText!, @"\{\*?\*?(\w+)(:\w+)?\??\}", match =>
                match.Groups[2].Value == ":guid" ? SellingShop.NewId().ToString() : Uri.EscapeDataString(text));
            if (!path.StartsWith("/api", StringComparison.Ordinal))
                continue;
            var query = string.Join('&', QueryOf(endpoint).Select(name => $"{name}={Uri.EscapeDataString(text)}"));
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                foreach (var body in Bodies(endpoint, text))
                {
                    var key = body is null ? null : asked % 2 == 0 ? SellingShop.NewId().ToString() : Key(text);
                    using var answer = await client.Send(new HttpMethod(method), $"{path}?{query}", body, key, "\"1\"");
                    (asked, taken) = (asked + 1, taken + (answer.IsSuccessStatusCode ? 1 : 0));
                }
            }
        }

        return (asked, taken);
    }

    private static string Key(string text) => text.Replace(' ', '-');

    private static IEnumerable<string> QueryOf(RouteEndpoint endpoint)
    {
        var inPath = endpoint.RoutePattern.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
        {
            if (parameter.ParameterType == typeof(string) && !inPath.Contains(parameter.Name!))
                yield return parameter.Name!;
            if (parameter.IsDefined(typeof(AsParametersAttribute)))
            {
                foreach (var property in parameter.ParameterType.GetProperties().Where(property => property.PropertyType == typeof(string)))
                    yield return property.Name;
            }
        }
    }

    /// <summary>None for an address that takes no body.</summary>
    private static IEnumerable<JsonNode?> Bodies(RouteEndpoint endpoint, string text)
    {
        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not { } type)
            return [null];
        var texts = 0;
        _ = Sample(type, "", _ => $"{texts++}", 0);
        return
        [
            Sample(type, "", _ => text, 0),
            .. Enumerable.Range(0, texts).Select(only =>
            {
                var at = 0;
                return Sample(type, "", name => at++ == only ? text : Likely.GetValueOrDefault(name, "Something"), 0);
            }),
        ];
    }

    private static JsonNode? Sample(Type type, string name, Func<string, string> text, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type == typeof(decimal))
            return type == typeof(decimal) ? "1" : text(name);
        if (type == typeof(bool))
            return false;
        if (type == typeof(int) || type == typeof(long))
            return 1;
        if (type == typeof(Guid))
            return SellingShop.NewId().ToString();
        if (type == typeof(DateTimeOffset))
            return TimeProvider.System.GetUtcNow();
        if (type == typeof(DateOnly))
            return "2026-01-01";
        if (type.IsEnum)
            return JsonNamingPolicy.CamelCase.ConvertName(Enum.GetNames(type)[0]);
        if (type == typeof(JsonElement) || typeof(JsonNode).IsAssignableFrom(type))
            return new JsonObject { ["name"] = text("name"), ["note"] = text("note") };
        if (depth > 4)
            return null;
        if (typeof(IEnumerable).IsAssignableFrom(type))
        {
            return (type.GetElementType() ?? type.GetGenericArguments().FirstOrDefault()) is { } item
                ? new JsonArray(Sample(item, name, text, depth + 1)) : null;
        }

        var made = new JsonObject();
        foreach (var parameter in type.GetConstructors().MaxBy(made => made.GetParameters().Length)?.GetParameters() ?? [])
        {
            if (Sample(parameter.ParameterType, parameter.Name!, text, depth + 1) is { } value)
                made[JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!)] = value;
        }

        return made;
    }
}
