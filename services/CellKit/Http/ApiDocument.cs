using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace WebWaka.CellKit;

/// <summary>
/// The Cell's OpenAPI document, as callers meet it through the gateway: each schema under a name of its own, decimals as text,
/// the headers that a route insists on, the token, the problem that any route may answer; nothing of what is internal.
/// </summary>
internal static class ApiDocument
{
    private const string Bearer = "bearer";
    private const string ProblemSchema = "Problem";

    public static void AddApiDocument(this IServiceCollection services, string cell)
    {
        Dictionary<string, Type> named = [];
        services.AddOpenApi(options =>
        {
            options.CreateSchemaReferenceId = info => OpenApiOptions.CreateDefaultSchemaReferenceId(info) is null ? null : IdOf(info, named);
            options.AddSchemaTransformer((schema, context, _) =>
            {
                DecimalsAreText(schema, context.JsonTypeInfo.Type);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                Complete(operation, context);
                return Task.CompletedTask;
            });
            options.AddDocumentTransformer((document, _, _) =>
            {
                Complete(document, cell);
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>Use cases call what they take and answer <c>Request</c> and <c>Answer</c>: the use case's own name tells them apart.</summary>
    private static string IdOf(JsonTypeInfo info, Dictionary<string, Type> named)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var id = NameOf(type);
        lock (named)
        {
            if (named.TryAdd(id, type) || named[id] == type)
                return id;
            throw new InvalidOperationException($"{type.FullName} and {named[id].FullName} would be one schema {id} of the API document: rename one.");
        }
    }

    private static string NameOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        if (type.IsNested)
            name = NameOf(type.DeclaringType!) + name;
        return type.IsGenericType ? $"{name}Of{string.Join("And", type.GetGenericArguments().Select(NameOf))}" : name;
    }

    private static void DecimalsAreText(OpenApiSchema schema, Type type)
    {
        if ((Nullable.GetUnderlyingType(type) ?? type) != typeof(decimal))
            return;
        schema.Type = type == typeof(decimal) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        schema.Format = null;
        schema.Pattern = @"^-?\d+(\.\d+)?$";
    }

    private static void Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Query))
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var bound = metadata.OfType<MethodInfo>().SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType).ToHashSet();
        if (bound.Contains(typeof(IdempotencyKey)))
            operation.Parameters.Add(Header("Idempotency-Key", "1 to 200 visible ASCII characters, made once and kept with the request.", 200));
        if (bound.Contains(typeof(IfMatch)))
            operation.Parameters.Add(Header("If-Match", "The ETag that was read.", null));
        if (!metadata.OfType<IAllowAnonymous>().Any())
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        operation.Responses ??= [];
        metadata.OfType<ApiExample>().LastOrDefault()?.Show(operation);
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A problem; its code is stable.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(ProblemSchema, context.Document) },
            },
        };
    }

    private static OpenApiParameter Header(string name, string description, int? longest) => new()
    {
        Name = name, In = ParameterLocation.Header, Required = true, Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = longest },
    };

    private static void Complete(OpenApiDocument document, string cell)
    {
        document.Info = new OpenApiInfo { Title = $"WebWaka POS: {cell}", Version = "1" };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The shop's own address" }];
        foreach (var path in document.Paths.Keys.Where(path => path.StartsWith("/internal/", StringComparison.Ordinal)).ToList())
            document.Paths.Remove(path);
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = Bearer, BearerFormat = "JWT", Description = "From POST /connect/token, ten minutes.",
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.Schemas[ProblemSchema] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "RFC 9457, with a stable code. More members may stand beside these.",
            Required = new HashSet<string>(["type", "title", "status", "code", "traceId"], StringComparer.Ordinal),
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = Text(), ["title"] = Text(), ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = Text(), ["code"] = Text(), ["traceId"] = Text(),
            },
        };
    }

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
