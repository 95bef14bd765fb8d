using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace WebWaka.CellKit;

/// <summary>A request that the route takes and what it answers to it, for the OpenAPI document. Both are JSON, and true: a test posts each.</summary>
public sealed record ApiExample(string Request, string Answer)
{
    internal JsonNode RequestNode => JsonNode.Parse(Request)!;

    internal JsonNode AnswerNode => JsonNode.Parse(Answer)!;
}

public static class ApiExamples
{
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder route, ApiExample example) => route.WithMetadata(example);
}
