using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace WebWaka.PaystackSandbox.Tests;

/// <summary>Paystack's own OpenAPI document, and what of an answer is not as it says.</summary>
static class OpenApi
{
    static readonly Lazy<YamlMappingNode> Document = new(Load);

    /// <summary>What of the answer is not as the schema requires.</summary>
    public static List<string> Differences(string schema, JsonNode? answer) => [.. Compare(Schema(schema), answer, "").Distinct()];

    static IEnumerable<string> Compare(YamlMappingNode schema, JsonNode? value, string at)
    {
        schema = schema.Children.TryGetValue("$ref", out var name) ? Schema(((YamlScalarNode)name).Value!.Split('/')[^1]) : schema;
        if (value is null || schema.Children.ContainsKey("anyOf") || schema.Children.ContainsKey("oneOf"))
            yield break;
        if (Text(schema, "type") is { } type && !Is(type, value))
        {
            yield return $"{at} is {value.GetValueKind()}, not {type}";
            yield break;
        }
        if (value is JsonArray rows && Map(schema, "items") is { } items)
        {
            foreach (var difference in rows.SelectMany(row => Compare(items, row, at + "[]")))
                yield return difference;
        }
        if (value is not JsonObject { Count: > 0 } members)
            yield break;
        var known = Map(schema, "properties")?.Children ?? new YamlMappingNode().Children;
        var required = schema.Children.TryGetValue("required", out var list) ? (YamlSequenceNode)list : [];
        var missing = required.Cast<YamlScalarNode>().Select(r => r.Value!).Where(r => !members.ContainsKey(r)).ToList();
        foreach (var (member, of) in known)
            foreach (var difference in Compare((YamlMappingNode)of, members[((YamlScalarNode)member).Value!], $"{at}/{member}"))
                yield return difference;
        foreach (var one in missing)
            yield return $"{at}/{one} is missing";
    }

    static bool Is(string type, JsonNode value) => type switch
    {
        "object" => value is JsonObject || (value is JsonValue && value.ToString() is ""),
        "array" => value is JsonArray,
        "string" => value.GetValueKind() is JsonValueKind.String,
        "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" => value is JsonValue number && number.GetValueKind() is JsonValueKind.Number && number.TryGetValue<long>(out _),
        _ => value.GetValueKind() is JsonValueKind.Number,
    };

    static YamlMappingNode Schema(string name) => Map(Map(Map(Document.Value, "components")!, "schemas")!, name)!;

    static YamlMappingNode? Map(YamlMappingNode of, string name) =>
        of.Children.TryGetValue(name, out var node) ? node as YamlMappingNode : null;

    static string? Text(YamlMappingNode of, string name) =>
        of.Children.TryGetValue(name, out var node) ? (node as YamlScalarNode)?.Value : null;

    static YamlMappingNode Load()
    {
        var yaml = new YamlStream();
        using var file = File.OpenText(Path.Combine(AppContext.BaseDirectory, "openapi", "openapi.yaml"));
        yaml.Load(file);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}
