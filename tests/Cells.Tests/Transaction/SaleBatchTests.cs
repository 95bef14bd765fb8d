using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using WebWaka.Transaction;
using WebWaka.Transaction.Sales;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>The sale's batch is written by hand beside the EF model: its columns must be the model's.</summary>
public sealed class SaleBatchTests
{
    [Fact]
    public void Every_insert_names_columns_of_the_model_and_leaves_none_out_that_needs_a_value()
    {
        using var db = new TransactionDb.Design().CreateDbContext([]);
        var tables = db.Model.GetRelationalModel().Tables.ToDictionary(table => table.Name);
        Assert.Equal(4, SaleBatch.Inserts.Length);
        foreach (var sql in SaleBatch.Inserts)
        {
            var insert = Regex.Match(sql, @"^\s*INSERT INTO (?<table>\w+) \((?<columns>[^)]+)\)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            var named = insert.Groups["columns"].Value.Split(',', StringSplitOptions.TrimEntries);
            var columns = tables[insert.Groups["table"].Value].Columns.ToList();

            Assert.Empty(named.Except(columns.Select(column => column.Name)));
            Assert.Empty(columns.Where(NeedsAValue).Select(column => column.Name).Except(named));
        }
    }

    private static bool NeedsAValue(IColumn column) =>
        !column.IsNullable && column.PropertyMappings.All(mapping => mapping.Property.ValueGenerated == ValueGenerated.Never);
}
