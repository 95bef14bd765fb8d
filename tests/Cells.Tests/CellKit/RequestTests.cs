using System.Net.Http.Headers;
using System.Text;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>What a Cell does with bodies that are not what it asked for, and with changes of what has changed.</summary>
public sealed class RequestTests(CellsFixture cells)
{
    private const string Good = """{"sku":"A","name":"Milk","price":1}""";

    [Theory]
    [InlineData("""{"sku":"A","name":"Milk","price":1,"tenantId":"01900000-0000-7000-8000-000000000001"}""", "unknown member")]
    [InlineData("""{"sku":"A","name":"Milk","price":1,"Name":"Milk"}""", "unknown member")]
    [InlineData("""{"sku":"A","name":"Milk","price":1,"name":"Bread"}""", "not valid")]
    [InlineData("""{"sku":"A","price":1}""", "a required member is missing: name")]
    [InlineData("""{"sku":"A","name":7,"price":1}""", "$.name")]
    [InlineData("""{"sku":"A","name":null,"price":1}""", "")]
    [InlineData("""{"sku":"A","name":"Milk","price":1,"stocked":"yes"}""", "$.stocked")]
    [InlineData("""{"sku":"A","name":"Milk","price":1,"id":"1"}""", "$.id")]
    [InlineData("""{"sku":"A","name":"Milk","price":1,"tags":{}}""", "$.tags")]
    [InlineData("""{"sku":"A","name":"Milk","price":1,"version":1.5}""", "$.version")]
    [InlineData("""{"sku":"A","name":"Milk","price":1,}""", "")]
    [InlineData("""{"sku":"A","name":"Milk","price":1} {}""", "")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("", "")]
    [InlineData("{", "")]
    public async Task A_body_that_is_not_the_one_asked_for_is_malformed(string body, string says)
    {
        var problem = await Post(body).IsProblem(400, "malformed_request");
        var text = problem.ToJsonString();
        Assert.Contains(says, text);
        Assert.DoesNotContain("WebWaka", text);
        Assert.DoesNotContain("System.", text);
    }

    [Theory]
    [InlineData(10, "invalid_request")]
    [InlineData(100, "malformed_request")]
    public async Task Deep_nesting_is_malformed_also_where_any_JSON_may_be(int depth, string code)
    {
        var body = $$$"""{"rule":{"type":"percentOff","x":{{{new string('[', depth)}}}{{{new string(']', depth)}}}}}""";
        await new Shop(cells).Client("promotions").PostAsync("/api/promotions", new StringContent(body, Encoding.UTF8, "application/json"))
            .IsProblem(400, code);
    }

    [Fact]
    public async Task Text_that_is_no_UTF8_is_malformed() =>
        await Post(new ByteArrayContent([.. "{\"sku\":\"A\",\"price\":1,\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]), "application/json")
            .IsProblem(400, "malformed_request");

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_of_another_type_is_not_read(string? type) =>
        await Post(new ByteArrayContent(Encoding.UTF8.GetBytes(Good)), type).IsProblem(415, "unsupported_media_type");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_a_mebibyte_is_not_read_whether_its_length_is_said_or_not(bool said)
    {
        var body = new StringContent("""{"sku":"A","price":1,"name":" """ + new string('x', 1024 * 1024) + "\"}", Encoding.UTF8);
        HttpContent content = said ? body : new StreamContent(await body.ReadAsStreamAsync());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/products") { Content = content };
        request.Headers.TransferEncodingChunked = !said;
        // The refusal may close the connection: hear it before sending the body.
        request.Headers.ExpectContinue = true;
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        await new Shop(cells).Client("inventory").SendAsync(request).IsProblem(413, "body_too_large");
    }

    [Fact]
    public async Task An_address_or_method_that_nobody_has_is_a_problem_by_name()
    {
        var client = new Shop(cells).Client("inventory");
        await client.GetAsync("/api/nothing").IsProblem(404, "not_found");
        await client.GetAsync("/api/products/not-an-id").IsProblem(404, "not_found");
        await client.DeleteAsync("/api/products").IsProblem(405, "method_not_allowed");
    }

    [Fact]
    public async Task A_change_needs_the_tag_that_was_read()
    {
        var client = new Shop(cells).Client("inventory");
        using var made = await client.Post("/api/products", new { sku = "A", name = "Milk", price = 1 });
        Assert.Equal("\"1\"", made.Headers.ETag?.Tag);
        var path = $"/api/products/{(await Task.FromResult(made).Is(201))["id"]}";
        var change = new { sku = "A", name = "Bread", price = 1 };

        await client.Send(HttpMethod.Put, path, change).IsProblem(428, "if_match_required");
        foreach (var stale in new[] { "\"0\"", "\"2\"", "\"x\"", "W/\"1\"", "*", "\"99999999999999999999\"" })
            await client.Send(HttpMethod.Put, path, change, ifMatch: stale).IsProblem(412, "version_moved");
        using var changed = await client.Send(HttpMethod.Put, path, change, ifMatch: "\"1\"");
        Assert.Equal((200, "\"2\""), ((int)changed.StatusCode, changed.Headers.ETag?.Tag));
        await client.Send(HttpMethod.Put, path, change, ifMatch: "\"1\"").IsProblem(412, "version_moved");
        using var read = await client.GetAsync(path);
        Assert.Equal("\"2\"", read.Headers.ETag?.Tag);
    }

    private Task<HttpResponseMessage> Post(string body) => Post(new StringContent(body, Encoding.UTF8), "application/json");

    private async Task<HttpResponseMessage> Post(HttpContent content, string? type)
    {
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        return await new Shop(cells).Client("inventory").PostAsync("/api/products", content);
    }
}
