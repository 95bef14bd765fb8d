using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebWaka.Guards.Tests;

/// <summary>docs/sale-path.txt lists the files that a sale goes through, in order: at most eight, so that a newcomer reads them all.</summary>
public sealed class SalePathTests
{
    private const string Page = "docs/sale-path.txt";
    private const int Most = 8;

    private static readonly string[] Listed =
        [.. File.ReadLines(Path.Combine(Sources.Root, Page)).Where(line => line.Trim().Length > 0).Select(line => line.Split(' ')[0])];

    [Fact]
    public void The_path_of_a_sale_is_at_most_eight_files_that_exist()
    {
        Assert.InRange(Listed.Length, 1, Most);
        Assert.Equal(Listed.Distinct(), Listed);
        Offenders.None(Listed.Where(path => !File.Exists(Path.Combine(Sources.Root, path))), $"{Page} names a file that is not there.");
    }

    /// <summary>Each file is reached from those before it: they use a type of it, or hand it the sale by address, row or event.</summary>
    [Fact]
    public void Each_file_is_reached_from_the_ones_before_it()
    {
        var files = Listed.Select(path => Sources.CSharp.Single(file => file.Path == path)).ToList();
        Offenders.None(
            files.Skip(1).Where((file, i) => !files.Take(i + 1).Any(before => Uses(before, file) || Hands(before, file))).Select(file => file.Path),
            $"{Page}: nothing before this file leads to it.");
    }

    [Fact]
    public void A_file_that_no_sale_goes_through_is_noticed()
    {
        var before = Listed.Select(path => Sources.CSharp.Single(file => file.Path == path)).ToList();
        string[] strangers =
            ["services/transaction/Sales/VoidSale.cs", "services/identity/Staff/AddStaff.cs", "services/tax/Consumers/OnTenantSettingsChanged.cs"];
        foreach (var stranger in strangers)
        {
            var file = Sources.CSharp.Single(source => source.Path == stranger);
            Assert.DoesNotContain(before, each => Uses(each, file) || Hands(each, file));
        }
    }

    private static bool Uses(SourceFile before, SourceFile file)
    {
        var declared = file.Tree.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Where(type => type.Parent is not TypeDeclarationSyntax)
            .Select(type => type.Identifier.Text).ToHashSet();
        return before.Tree.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => declared.Contains(name.Identifier.Text));
    }

    private static bool Hands(SourceFile before, SourceFile file) =>
        // By address: the gateway's route is the one that the use case's group answers.
        before.Text.Contains("new(\"/api/sales/") && file.Text.Contains("Map(RouteGroupBuilder sales)") && file.Text.Contains("sales.MapPost(\"/\"")
        // By row: what the batch puts into the outbox, the dispatcher takes out.
        || before.Text.Contains("INSERT INTO transaction.outbox") && file.Text.Contains(".outbox WHERE id = ANY")
        // By event.
        || before.Text.Contains("INSERT INTO transaction.outbox") && before.Text.Contains("SaleCompleted") && file.Text.Contains(": IConsume<SaleCompleted>");
}
