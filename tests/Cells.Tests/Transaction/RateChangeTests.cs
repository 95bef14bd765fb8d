using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>Rates change; what was sold before does not.</summary>
public sealed class RateChangeTests(CellsFixture cells)
{
    [Fact]
    public async Task A_rate_that_changes_between_sale_and_refund_touches_neither_the_receipt_nor_the_refund()
    {
        var shop = await SellingShop.Open(cells);
        await shop.Rules(Charges.Book("NG-2026.1.1") with { Fees = [new() { Code = "BAG", Amount = 1_000, InTaxBase = true }] });
        var (id, answer) = await shop.Ring(shop.Soap("3"));
        Assert.Equal(135_150L + 10_136 + 3_000 + 225, (long)answer["total"]!);
        var before = (await shop.Document(id)).ToJsonString();

        await shop.Rules(Charges.Book("NG-2027.1.2", Charges.Vat with { Rate = 20 }), Charges.Own + 1);
        Assert.Equal(90_100 + 18_020, (long)(await shop.Ask(shop.Soap()).Is(200))["total"]!);
        Assert.Equal(before, (await shop.Document(id)).ToJsonString());

        var sum = 0L;
        for (var i = 0; i < 3; i++)
        {
            var refund = await shop.Cashier.Post(
                "/api/refunds", new { saleId = id, reason = "back", lines = new[] { new { line = 1, quantity = "1" } } }, $"r-{i}").Is(201);
            sum += (long)refund["total"]!;
        }

        Assert.Equal((long)answer["total"]!, sum);
        await using var read = cells.Ops.CreateCommand($"SELECT document FROM transaction.refund WHERE tenant_id = '{shop.Shop.Tenant}' ORDER BY seq");
        await using var rows = await read.ExecuteReaderAsync();
        var (tax, fee) = (0L, 0L);
        while (await rows.ReadAsync())
        {
            var document = JsonNode.Parse(rows.GetString(0))!;
            var line = document["lines"]![0]!["taxes"]![0]!;
            Assert.Equal(("standard/VAT@2020-02-01T00:00:00", "NG-2026.1.1", "7.5"), ((string?)line["rule"], (string?)line["version"], (string?)line["rate"]));
            Assert.Equal(("fees/BAG", "NG-2026.1.1"), ((string?)document["fees"]![0]!["rule"], (string?)document["fees"]![0]!["version"]));
            tax += (long)line["amount"]!;
            fee += (long)document["fees"]![0]!["total"]!;
        }

        Assert.Equal((10_136L, 3_225L), (tax, fee));
    }

    [Fact]
    public async Task A_sale_that_an_earlier_build_stored_without_rules_is_refunded_as_well()
    {
        var shop = await SellingShop.Open(cells);
        var (id, answer) = await shop.Ring(shop.Soap());
        await using (var old = cells.Admin.CreateCommand($$"""
            UPDATE transaction.sale SET document = replace(replace(document::text, '"rule":', '"was":'), '"taxPoint":', '"at":')::{{await TypeOf("document")}}
            WHERE id = '{{id}}'
            """))
            Assert.Equal(1, await old.ExecuteNonQueryAsync());
        var refund = await shop.Cashier.Post("/api/refunds", new { saleId = id, reason = "back" }, "r").Is(201);
        Assert.Equal((long)answer["total"]!, (long)refund["total"]!);
        await shop.Cashier.GetAsync($"/api/tax/explain/{id}").Is(200);
    }

    private async Task<string> TypeOf(string column)
    {
        await using var read = cells.Admin.CreateCommand(
            $"SELECT data_type FROM information_schema.columns WHERE table_schema = 'transaction' AND table_name = 'sale' AND column_name = '{column}'");
        return (string)(await read.ExecuteScalarAsync())!;
    }
}
