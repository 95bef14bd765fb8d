using System.Collections.Frozen;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WebWaka.Guards.Tests;

/// <summary>One C# file of the repository.</summary>
/// <param name="Path">From the root, with slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private SyntaxNode? _tree;

    public string[] Lines => Text.Split('\n');

    public SyntaxNode Tree => _tree ??= CSharpSyntaxTree.ParseText(Text).GetRoot();
}

/// <summary>The repository as it is on disk, without what is built or generated.</summary>
internal static class Sources
{
    private static readonly FrozenSet<string> NotOurs = 
        FrozenSet.Create("bin", "obj", "node_modules", "Migrations", ".git", "out", "artifacts");

    public static readonly string Root = FindRoot();

    public static readonly SourceFile[] CSharp =
        [.. Files("*.cs").Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path)).TrimEnd('\n')))];

    public static readonly string[] Projects = [.. Files("*.csproj")];

    /// <summary>Paths from the root of all files of this name.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        Walk(Root, pattern).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order();

    private static IEnumerable<string> Walk(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Concat(
            Directory.EnumerateDirectories(folder).Where(child => !NotOurs.Contains(Path.GetFileName(child))).SelectMany(child => Walk(child, pattern)));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WebWakaPos.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The guards read the sources: run them from a build inside the repository.");
    }
}

/// <summary>Fails with every offender and the mend, not only the first.</summary>
internal static class Offenders
{
    public static void None(IEnumerable<string> offenders, string mend)
    {
        var all = offenders.ToList();
        Assert.True(all.Count == 0, $"{mend}\n  {string.Join("\n  ", all)}");
    }
}
