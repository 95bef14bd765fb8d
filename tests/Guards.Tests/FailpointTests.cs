using System.Text.RegularExpressions;

namespace WebWaka.Guards.Tests;

/// <summary>A failpoint that no code comes by proves nothing, however green its test.</summary>
public sealed class FailpointTests
{
    private const string List = "ServiceDefaults/Failpoints.cs";

    /// <summary>Pairs of them, each by a name of its own.</summary>
    private const string Pairs = "services/CellKit/Tenancy/CommitPoints.cs";

    private static readonly SourceFile[] Product =
        [.. Sources.CSharp.Where(file => file.Path.StartsWith("services/") && file.Path != Pairs)];

    [Fact]
    public void Every_failpoint_is_passed_by_the_code()
    {
        var passed = Names(Product, @"Failpoints\.Pass\(Failpoint\.(\w+)\)").ToHashSet();
        var used = Names(Product, @"\bCommitPoints\.(\w+)").ToHashSet();
        var pairs = Sources.CSharp.Single(file => file.Path == Pairs);
        foreach (Match pair in Regex.Matches(pairs.Text, @"CommitPoints (\w+) = new\(Failpoint\.(\w+), Failpoint\.(\w+)\);"))
        {
            if (used.Contains(pair.Groups[1].Value))
                passed.UnionWith([pair.Groups[2].Value, pair.Groups[3].Value]);
        }

        var listed = Enum.GetNames<Failpoint>();
        Assert.True(listed.Length > 30, $"only {listed.Length} are listed");
        Offenders.None(listed.Except(passed), $"{List} has a name that nothing passes: take it out, or put it where it belongs.");
    }

    /// <summary>The sale is the hot path: coming by a failpoint there is one call that the JIT leaves out, nothing computed for it.</summary>
    [Fact]
    public void Where_it_is_passed_only_a_name_is_given() => Offenders.None(
        from file in Product from line in file.Lines
        where line.Contains("Failpoints.Pass(") && !Regex.IsMatch(line, @"^\s+Failpoints\.Pass\((Failpoint\.\w+|points\.(Before|After))\);$")
        select $"{file.Path}: {line.Trim()}",
        "Write Failpoints.Pass(Failpoint.Name); on a line of its own.");

    private static IEnumerable<string> Names(IEnumerable<SourceFile> files, string pattern) =>
        files.SelectMany(file => Regex.Matches(file.Text, pattern)).Select(match => match.Groups[1].Value);
}
