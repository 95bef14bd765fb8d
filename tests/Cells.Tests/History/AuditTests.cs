using Npgsql;
using WebWaka.History.Audit;

namespace WebWaka.Cells.Tests.History;

public sealed class AuditTests(CellsFixture cells)
{
    [Fact]
    public async Task Voids_refunds_and_cash_over_or_short_are_chained_and_other_acts_are_not()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var (sale, kept) = (Told.Sale(store, till), Told.Sale(store, till, "T0100000002"));
        await shop.Hear(sale);
        await shop.Hear(kept);
        await shop.Hear(Told.Void(sale));
        await shop.Hear(Told.Void(sale));
        await shop.Hear(Told.Refund(kept));
        await shop.Hear(Told.Close(store, till, variance: 0));
        await shop.Hear(Told.Close(store, till, variance: -500));

        var items = (await shop.Read("/api/audit"))["items"]!.AsArray();
        Assert.Equal(["3 shift.variance -500", "2 sale.refunded 9675", "1 sale.voided 70425"],
            items.Select(item => $"{item!["seq"]} {item["entry"]!["act"]} {item["entry"]!["amount"]}"));
        Assert.Equal("wrong customer", (string?)items[2]!["entry"]!["reason"]);
        var first = await shop.Read("/api/audit?limit=2");
        Assert.Equal(1, (long)Assert.Single((await shop.Read($"/api/audit?limit=2&cursor={first["nextCursor"]}"))["items"]!.AsArray())!["seq"]!);
        Assert.Empty((await new Shop(cells).Read("/api/audit"))["items"]!.AsArray());
        await shop.Door().GetAsync("/api/audit?cursor=bm8").IsProblem(400, "invalid_request");
    }

    [Fact]
    public async Task Acts_at_the_same_moment_are_numbered_without_gap_and_verify()
    {
        var shop = await WithActs(20);
        var (links, head) = await Chain(shop);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), links.Select(link => link.Seq));
        Assert.Null(AuditChain.Verify(shop.Tenant, links, head));
    }

    [Theory]
    [InlineData("UPDATE history.audit SET entry = replace(entry, 'wrong', 'right') WHERE tenant_id = $1 AND seq = 2", 2)]
    [InlineData("DELETE FROM history.audit WHERE tenant_id = $1 AND seq = 2", 2)]
    [InlineData("DELETE FROM history.audit WHERE tenant_id = $1 AND seq = 4", 4)]
    [InlineData("UPDATE history.audit SET hash = sha256('x') WHERE tenant_id = $1 AND seq = 4", 4)]
    [InlineData("UPDATE history.audit_head SET hash = sha256('x') WHERE tenant_id = $1", 4)]
    [InlineData("DELETE FROM history.audit_head WHERE tenant_id = $1", 1)]
    public async Task What_was_done_to_the_chain_is_found_where_it_was_done(string sql, long at)
    {
        var shop = await WithActs(4);
        await using (var alter = cells.Ops.CreateCommand(sql))
        {
            alter.Parameters.Add(new NpgsqlParameter { Value = shop.Tenant });
            Assert.Equal(1, await alter.ExecuteNonQueryAsync());
        }

        var (links, head) = await Chain(shop);
        Assert.Equal(at, AuditChain.Verify(shop.Tenant, links, head)?.Seq);
    }

    [Fact]
    public async Task A_chain_of_another_tenant_does_not_verify_as_ours()
    {
        var (links, head) = await Chain(await WithActs(2));
        Assert.Equal(1, AuditChain.Verify(Told.NewId(), links, head)?.Seq);
    }

    [Fact]
    public void Canonical_JSON_sorts_members_at_every_depth_and_keeps_characters() =>
        Assert.Equal(
            """{"A":1,"a":{"b":[{"x":"é","y":null}],"c":"2"}}""",
            AuditChain.Canonical(System.Text.Json.Nodes.JsonNode.Parse("""{ "a": { "c": "2", "b": [ { "y": null, "x": "é" } ] }, "A": 1 }""")!));

    private async Task<Shop> WithActs(int count)
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => shop.Hear(Told.Void(Told.Sale(store, till, $"T01{i:00000000}")))));
        return shop;
    }

    private async Task<(List<AuditLink> Links, AuditLink? Head)> Chain(Shop shop)
    {
        var links = await Read(shop, "SELECT seq, entry, hash FROM history.audit WHERE tenant_id = $1 ORDER BY seq");
        return (links, (await Read(shop, "SELECT seq, '', hash FROM history.audit_head WHERE tenant_id = $1")).SingleOrDefault());
    }

    private async Task<List<AuditLink>> Read(Shop shop, string sql)
    {
        await using var command = cells.Ops.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = shop.Tenant });
        await using var reader = await command.ExecuteReaderAsync();
        List<AuditLink> links = [];
        while (await reader.ReadAsync())
            links.Add(new AuditLink(reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)));
        return links;
    }
}
