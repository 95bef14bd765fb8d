using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace WebWaka.CellKit;

/// <summary>A body as a caller would send it; the API document shows it and a test sends it.</summary>
internal sealed record RequestExample(string Body);

public static class Examples
{
    /// <summary>Shows <paramref name="body"/> beside the route's request schema.</summary>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder route, [StringSyntax(StringSyntaxAttribute.Json)] string body) =>
        route.WithMetadata(new RequestExample(body));

    internal static void Show(OpenApiOperation operation, IEnumerable<object> metadata)
    {
        if (metadata.OfType<RequestExample>().LastOrDefault() is not { } example || operation.RequestBody?.Content is not { } content)
            return;
        foreach (var body in content.Values.OfType<OpenApiMediaType>())
            body.Example = JsonNode.Parse(example.Body);
    }
}
