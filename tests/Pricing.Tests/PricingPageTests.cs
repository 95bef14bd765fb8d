using System.Text.RegularExpressions;

namespace WebWaka.Pricing.Tests;

/// <summary>docs/pricing.md names every code that pricing can answer with, and no other.</summary>
public sealed partial class PricingPageTests
{
    static readonly string Page = File.ReadAllText(Path.Combine(Twin.Root(), "docs", "pricing.md"));

    [Fact]
    public void The_page_lists_the_failures_that_there_are()
    {
        var failures = Sources().SelectMany(text => Failure().Matches(text)).Select(match => match.Groups["code"].Value);
        Assert.Equal(Sorted(failures), Sorted(Listed("## Failures").Where(code => code != "at_invalid")));
    }

    [Fact]
    public void The_page_lists_the_reasons_that_there_are()
    {
        var reasons = typeof(Rules.Reasons).GetFields().Select(field => field.GetValue(null)).OfType<string>().ToArray();
        Assert.Equal(Sorted(reasons), Sorted(Rules.Reasons.All));
        Assert.Equal(Sorted(reasons), Sorted(Listed("Reasons: ").Concat(Listed("## What the answer says").Where(reasons.Contains))));
    }

    /// <summary>The words in code style between this and the next heading.</summary>
    static IEnumerable<string> Listed(string from)
    {
        var start = Page.IndexOf(from, StringComparison.Ordinal);
        var part = Page[start..Page.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];
        return Code().Matches(part).SelectMany(match => match.Groups["code"].Value.Split(' '))
            .Where(word => word.Contains('_', StringComparison.Ordinal) || word == Rules.Reasons.Exhausted);
    }

    static IEnumerable<string> Sources() => Directory
        .EnumerateFiles(Path.Combine(Twin.Root(), "services", "Pricing"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(File.ReadAllText);

    static IEnumerable<string> Sorted(IEnumerable<string> words) => words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    [GeneratedRegex("new( PricingFailure)?\\(\"(?<code>[a-z]+(_[a-z]+)+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Failure();

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Code();
}
