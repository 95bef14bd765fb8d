using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace WebWaka.CellKit;

/// <summary>
/// A request that the route takes and, where what it answers does not depend on what is stored, the answer, for the OpenAPI document.
/// Both are JSON, and true: a test sends each.
/// </summary>
public sealed record ApiExample(
    [StringSyntax(StringSyntaxAttribute.Json)] string Request, [StringSyntax(StringSyntaxAttribute.Json)] string? Answer = null)
{
    internal void Show(OpenApiOperation operation)
    {
        foreach (var body in operation.RequestBody?.Content?.Values.OfType<OpenApiMediaType>() ?? [])
            body.Example = JsonNode.Parse(Request);
        if (Answer is null)
            return;
        foreach (var (_, response) in (operation.Responses ?? []).Where(response => response.Key.StartsWith('2')))
        {
            foreach (var answer in response.Content?.Values.OfType<OpenApiMediaType>() ?? [])
                answer.Example = JsonNode.Parse(Answer);
        }
    }
}

public static class ApiExamples
{
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder route, ApiExample example) => route.WithMetadata(example);
}
