using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>The OpenAPI document of every Cell: what <c>/docs</c> tells a newcomer must be what the Cell takes and answers.</summary>
public sealed class ApiDocumentTests(CellsFixture cells)
{
    public static TheoryData<string> Cells => new(Wiring.Cells);

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Each_operation_has_schemas_of_its_own(string cell)
    {
        var document = await Document(cell);
        Assert.Equal("/", (string)document["servers"]![0]!["url"]!);
        Assert.DoesNotContain(document["paths"]!.AsObject(), path => path.Key.StartsWith("/internal/", StringComparison.Ordinal));
        foreach (var (name, _) in document["components"]!["schemas"]!.AsObject())
            Assert.False(name is "Request" or "Answer" or "Item" or "PageOfItem", $"{cell}: the schema {name} could be any use case's");
    }

    [Fact]
    public async Task A_sale_and_a_refund_are_told_apart()
    {
        var document = await Document("transaction");
        var (sale, refund) = (Body(document, "/api/sales"), Body(document, "/api/refunds"));
        Assert.NotNull(sale["properties"]!["expectedTotal"]);
        Assert.NotNull(refund["properties"]!["saleId"]);
        Assert.Null(refund["properties"]!["expectedTotal"]);
    }

    [Fact]
    public async Task Decimals_are_text()
    {
        var document = await Document("transaction");
        var line = document["components"]!["schemas"]!["LineRequest"]!["properties"]!;
        Assert.Equal("string", (string)line["quantity"]!["type"]!);
        Assert.Null(line["quantity"]!["format"]);
        Assert.Equal(["null", "string"], line["unitPrice"]!["type"]!.AsArray().Select(type => (string)type!).Order());
    }

    [Fact]
    public async Task Headers_tokens_problems_and_query_names_are_said()
    {
        var document = await Document("transaction");
        var sale = document["paths"]!["/api/sales"]!["post"]!;
        Assert.Equal(["Idempotency-Key"], ParametersOf(sale));
        Assert.NotNull(sale["security"]![0]!["bearer"]);
        Assert.NotNull(document["components"]!["securitySchemes"]!["bearer"]);
        Assert.Equal("#/components/schemas/Problem", (string)sale["responses"]!["default"]!["content"]!["application/problem+json"]!["schema"]!["$ref"]!);

        var catalogue = await Document("inventory");
        Assert.Contains("barcode", ParametersOf(catalogue["paths"]!["/api/products"]!["get"]!));
        Assert.Contains("If-Match", ParametersOf(catalogue["paths"]!["/api/products/{id}"]!["put"]!));

        var hook = (await Document("payments"))["paths"]!["/api/webhooks/paystack"]!["post"]!;
        Assert.Null(hook["security"]);
    }

    [Theory]
    [InlineData("promotions", 5)]
    [InlineData("transaction", 3)]
    public async Task What_is_shown_as_an_example_is_taken_by_the_door(string cell, int count)
    {
        var document = await Document(cell);
        var shop = new Shop(cells);
        var client = shop.Client(cell);
        var shown = 0;
        foreach (var (path, operations) in document["paths"]!.AsObject())
            foreach (var (method, operation) in operations!.AsObject())
            {
                if (operation!["requestBody"]?["content"]?["application/json"]?["example"] is not { } example)
                    continue;
                shown++;
                var (id, key) = (Transaction.SellingShop.NewId().ToString(), Transaction.SellingShop.NewId().ToString());
                using var answer = await client.Send(new HttpMethod(method.ToUpperInvariant()), path.Replace("{id}", id), example, key, "\"0\"");
                var said = await answer.Content.ReadAsStringAsync();
                Assert.False(
                    (int)answer.StatusCode is 400 or >= 500 && !said.Contains("tenant_not_ready", StringComparison.Ordinal), $"{method} {path}: {said}");
            }

        Assert.InRange(shown, count, 100);
    }

    private async Task<JsonNode> Document(string cell)
    {
        using var client = new HttpClient { BaseAddress = cells.AddressOf(cell) };
        return await client.GetAsync("/openapi/v1.json").Is(200);
    }

    private static string[] ParametersOf(JsonNode operation) => [.. operation["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!)];

    private static JsonNode Body(JsonNode document, string path)
    {
        var reference = (string)document["paths"]![path]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]!;
        return document["components"]!["schemas"]![reference.Split('/')[^1]]!;
    }
}
