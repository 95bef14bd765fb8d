using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebWaka.Guards.Tests;

/// <summary>What a reader can rely on in every file. Exceptions are counted in style-exceptions.txt, which may only shrink.</summary>
public sealed class StyleTests
{
    private const int FileLines = 300;
    private const int MethodLines = 60;
    private const int LineLength = 160;

    /// <summary>Where an amount of money is never far. A ratio of speed or a clock's factor elsewhere may be a double.</summary>
    private static readonly string[] NoMoneyIn =
    [
        "tests/", "services/paystack-sandbox/", "services/CellKit/Observing/", "tools/", "AppHost/",
        "services/history/Receipts/ReceiptPdf.cs", "services/history/Receipts/Typesetting/",
    ];

    [Fact]
    public void No_file_is_longer_than_300_lines() => Held(
        "file", from file in Sources.CSharp where file.Lines.Length > FileLines select (file.Path, $"{file.Lines.Length} lines"), "Split it by subject.");

    [Fact]
    public void No_method_is_longer_than_60_lines() => Held("method",
        from file in Sources.CSharp
        from method in file.Tree.DescendantNodes().Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax)
        let span = method.GetLocation().GetLineSpan()
        // The rows of a theory are data.
        let rows = method.ChildNodes().OfType<AttributeListSyntax>().Sum(row => row.GetText().Lines.Count - 1)
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1 - rows
        where lines > MethodLines
        select (file.Path, $"{lines} lines from line {span.StartLinePosition.Line + 1}"), "Name its steps and give each a method.");

    [Fact]
    public void No_line_is_longer_than_160_characters() => Held("line",
        from file in Sources.CSharp from line in file.Lines.Index() where line.Item.Length > LineLength
        select (file.Path, $"line {line.Index + 1}: {line.Item.Length} characters"),
        "Break it where a reader would breathe.");

    [Fact]
    public void Nothing_is_left_to_do() => Offenders.None(
        from file in Sources.CSharp
        from comment in file.Tree.DescendantTrivia(descendIntoTrivia: false)
        where Regex.IsMatch(comment.ToString(), @"\b(?:TODO|FIXME|HACK)\b") && !comment.IsKind(SyntaxKind.DisabledTextTrivia)
        select $"{file.Path}: {comment}", "Do it now or say in docs/decisions why not.");

    [Fact]
    public void Money_is_never_a_float() => Offenders.None(
        from file in Sources.CSharp where !NoMoneyIn.Any(folder => file.Path.StartsWith(folder))
        from type in file.Tree.DescendantNodes().OfType<PredefinedTypeSyntax>()
        where type.Keyword.IsKind(SyntaxKind.FloatKeyword) || type.Keyword.IsKind(SyntaxKind.DoubleKeyword)
        select $"{file.Path} line {type.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {type.Parent}",
        "Amounts are long minor units, rates and quantities decimal (design section 7).");

    [Fact]
    public void Rates_and_quantities_alone_are_decimals_in_the_contracts() => Offenders.None(
        from file in Sources.CSharp where file.Path.StartsWith("services/Contracts/")
        from type in file.Tree.DescendantNodes().OfType<PredefinedTypeSyntax>() where type.Keyword.IsKind(SyntaxKind.DecimalKeyword)
        select $"{file.Path}: {type.Parent}", "On the bus amounts are long and quantities decimal text.");

    /// <summary>Compares with the exceptions of one rule: more is a new offence, fewer is an exception to lower.</summary>
    private static void Held(string rule, IEnumerable<(string Path, string What)> found, string mend)
    {
        var offences = found.GroupBy(offence => offence.Path)
            .ToDictionary(g => g.Key, g => g.Select(o => o.What).ToList());
        var allowed = Exceptions().Where(e => e.Rule == rule).ToDictionary(e => e.Path, e => e.Count);
        Offenders.None(
            offences.Where(o => o.Value.Count > allowed.GetValueOrDefault(o.Key)).Select(o => $"{o.Key}: {string.Join(", ", o.Value)}"), mend);
        Offenders.None(
            allowed.Where(a => (offences.GetValueOrDefault(a.Key)?.Count ?? 0) < a.Value)
                .Select(a => $"{rule} {a.Key} {offences.GetValueOrDefault(a.Key)?.Count ?? 0}"),
            "Better than style-exceptions.txt says: lower these there (a line with 0 goes).");
    }

    private static IEnumerable<(string Rule, string Path, int Count)> Exceptions() =>
        from line in File.ReadAllLines(Path.Combine(Sources.Root, "tests/Guards.Tests/style-exceptions.txt"))
        where line.Length > 0 && line[0] != '#'
        let parts = line.Split(' ', 4)
        select (parts[0], parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture));
}
