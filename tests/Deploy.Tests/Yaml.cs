using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace WebWaka.Deploy.Tests;

/// <summary>YAML as JSON nodes, anchors and merge keys resolved.</summary>
internal static class Yaml
{
    public static IReadOnlyList<JsonObject> Documents(string text)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => Convert(document.RootNode)).OfType<JsonObject>()];
    }

    public static JsonObject One(string text) => Documents(text).Single();

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => Convert(mapping),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(item => Convert(item))]),
        YamlScalarNode scalar => Convert(scalar),
        _ => throw new NotSupportedException(node.ToString()),
    };

    private static JsonObject Convert(YamlMappingNode mapping)
    {
        JsonObject result = [];
        foreach (var (key, value) in mapping.OrderByDescending(pair => pair.Key.ToString() == "<<"))
        {
            if (key.ToString() != "<<")
                result[key.ToString()] = Convert(value);
            else if (Convert(value) is JsonObject merged)
                merged.ToList().ForEach(member => result[member.Key] = member.Value?.DeepClone());
        }

        return result;
    }

    private static JsonNode? Convert(YamlScalarNode scalar) => scalar switch
    {
        { Style: not ScalarStyle.Plain } => JsonValue.Create(scalar.Value),
        { Value: "true" or "false" } => JsonValue.Create(scalar.Value == "true"),
        { Value: null or "" or "null" or "~" } => null,
        // Parsed, so that it can be read as any type of number.
        { Value: var text } when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => JsonNode.Parse(text),
        _ => JsonValue.Create(scalar.Value),
    };

    /// <summary>Every node at a path of member names; a list on the way stands for each of its elements.</summary>
    public static IEnumerable<JsonNode> At(this JsonNode? node, string path)
    {
        IEnumerable<JsonNode> found = node is null ? [] : [node];
        foreach (var name in path.Split('/'))
            found = found.SelectMany(Elements).OfType<JsonObject>().Select(parent => parent[name]).OfType<JsonNode>();
        return found.SelectMany(Elements);
    }

    public static IEnumerable<string> TextAt(this JsonNode? node, string path) => node.At(path).Select(value => value.ToString());

    private static IEnumerable<JsonNode> Elements(JsonNode node) => node is JsonArray list ? list.OfType<JsonNode>().SelectMany(Elements) : [node];
}
