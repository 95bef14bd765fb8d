using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace WebWaka.PaystackSandbox.Tests;

/// <summary>
/// The sandbox's answers against Paystack's own OpenAPI document: each required member is there and of its type. The document calls
/// members non-null that Paystack's samples hold as null, and objects that they hold as {} or ""; those are let pass.
/// </summary>
public sealed class ContractTests : IAsyncLifetime
{
    static readonly Lazy<YamlMappingNode> Document = new(Load);
    SandboxHost sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxHost.Start();
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 30000, currency = "NGN", reference = "paid" });
        await sandbox.Data("sandbox/settle", new { reference = "paid" });
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 30000, currency = "NGN", reference = "open" });
    }

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Theory]
    [InlineData("TransactionInitializeResponse", "transaction/initialize",
        """{"email":"a@shop.test","amount":30000,"currency":"NGN","reference":"new"}""")]
    [InlineData("ChargeCreateResponse", "charge",
        """{"email":"a@shop.test","amount":30000,"currency":"GHS","mobile_money":{"provider":"mtn","phone":"0551234987"}}""")]
    [InlineData("RefundCreateResponse", "refund", """{"transaction":"paid","amount":1000,"currency":"NGN"}""")]
    [InlineData("VerifyResponse", "transaction/verify/paid", null)]
    [InlineData("VerifyResponse", "transaction/verify/open", null)]
    [InlineData("TransactionListResponse", "transaction", null)]
    [InlineData("TransactionFetchResponse", "transaction/{id}", null)]
    public async Task An_answer_has_what_the_document_requires(string schema, string path, string? body)
    {
        if (path.Contains("{id}"))
            path = path.Replace("{id}", $"{(await sandbox.Data("transaction/verify/paid"))["id"]}");
        Assert.Empty(await Differences(schema, path, body));
    }

    [Theory]
    [InlineData("RefundListResponse", "refund")]
    [InlineData("RefundFetchResponse", "refund/{id}")]
    public async Task A_refund_that_is_read_has_what_the_document_requires(string schema, string path)
    {
        var id = (await sandbox.Data("refund", new { transaction = "paid", amount = 1000 }))["id"];
        Assert.Empty(await Differences(schema, path.Replace("{id}", $"{id}"), null));
    }

    [Fact]
    public void A_missing_member_and_a_wrong_type_are_seen()
    {
        var answer = JsonNode.Parse("""{"status":"yes","message":"m","data":{"access_code":"a","reference":"r"}}""");
        Assert.Equal(["/status is String, not boolean", "/data/authorization_url is missing"],
            Compare(Schema("TransactionInitializeResponse"), answer, ""));
    }

    async Task<List<string>> Differences(string schema, string path, string? body)
    {
        var (status, answer) = body is null ? await sandbox.Get(path) : await sandbox.Post(path, JsonNode.Parse(body)!);
        Assert.Equal(200, status);
        return [.. Compare(Schema(schema), answer, "").Distinct()];
    }

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
