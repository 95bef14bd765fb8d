using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using WebWaka.Transaction;
using WebWaka.Transaction.Sales;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>What a sale writes is SQL by hand beside the EF model: its columns must be the model's.</summary>
public sealed class SaleBatchTests(CellsFixture cells)
{
    [Fact]
    public async Task Every_insert_names_columns_of_the_model_and_leaves_none_out_that_needs_a_value()
    {
        await using var command = cells.Ops.CreateCommand("SELECT prosrc FROM pg_proc WHERE oid = 'transaction.save_sale'::regproc");
        var source = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        using var db = new TransactionDb.Design().CreateDbContext([]);
        var tables = db.Model.GetRelationalModel().Tables.ToDictionary(table => table.Name);
        var inserts = Regex.Matches(
            source + SaleBatch.InsertPendingTender, @"INSERT INTO (transaction\.)?(?<table>\w+) \((?<columns>[^)]+)\)",
            RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

        Assert.Equal(["idempotency", "sale", "outbox", "pending_tender"], inserts.Select(insert => insert.Groups["table"].Value));
        foreach (Match insert in inserts)
        {
            var named = insert.Groups["columns"].Value.Split(',', StringSplitOptions.TrimEntries);
            var columns = tables[insert.Groups["table"].Value].Columns.ToList();

            Assert.Empty(named.Except(columns.Select(column => column.Name)));
            Assert.Empty(columns.Where(NeedsAValue).Select(column => column.Name).Except(named));
        }
    }

    private static bool NeedsAValue(IColumn column) =>
        !column.IsNullable && column.PropertyMappings.All(mapping => mapping.Property.ValueGenerated == ValueGenerated.Never);
}
