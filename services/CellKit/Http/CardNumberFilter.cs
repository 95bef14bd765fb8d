using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace WebWaka.CellKit;

/// <summary>
/// Refuses a request whose body has a card's number in any of its texts, for Cells whose doors take names and notes from the back office.
/// Bar codes are left out, since they are digits with a check digit too, and passwords, which are kept as hashes.
/// </summary>
public static class CardNumberFilter
{
    private const string Body = "request";
    private static readonly string[] Exempt = ["barcode", "barcodes", "sku", "password"];

    public static RouteGroupBuilder RefuseCardNumbers(this RouteGroupBuilder api)
    {
        api.AddEndpointFilterFactory((endpoint, next) =>
        {
            var at = Array.FindIndex(
                endpoint.MethodInfo.GetParameters(), parameter => parameter.Name == Body && parameter.ParameterType != typeof(HttpRequest));
            if (at < 0)
                return next;
            return context => context.Arguments[at] is { } body && Find(JsonSerializer.SerializeToElement(body, body.GetType(), Json.Options), "") is { } member
                ? ValueTask.FromResult<object?>(CommonProblems.CardNumberRefused.With(member).ToHttp())
                : next(context);
        });
        return api;
    }

    /// <summary>The first member that holds one.</summary>
    private static string? Find(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.String => CardNumbers.In(element.GetString()) ? name : null,
        JsonValueKind.Array => element.EnumerateArray().Select(item => Find(item, name)).FirstOrDefault(found => found is not null),
        JsonValueKind.Object => element.EnumerateObject()
            .Where(member => !Exempt.Contains(member.Name, StringComparer.OrdinalIgnoreCase))
            .Select(member => CardNumbers.In(member.Name) ? name : Find(member.Value, name.Length == 0 ? member.Name : $"{name}.{member.Name}"))
            .FirstOrDefault(found => found is not null),
        _ => null,
    };
}
