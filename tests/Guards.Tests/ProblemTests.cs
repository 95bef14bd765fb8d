using System.Reflection;
using System.Text.RegularExpressions;
using WebWaka.CellKit;
using WebWaka.Standalone;

namespace WebWaka.Guards.Tests;

/// <summary>Callers switch on a problem's code: each means one thing everywhere and is explained in docs/problems.md.</summary>
public sealed class ProblemTests
{
    private const string Page = "docs/problems.md";

    private static readonly (string Where, Problem Problem)[] All =
    [
        .. CellList.All.Select(cell => cell.Schema!.Create.Method.Module.Assembly).Append(typeof(Problem).Assembly).Append(typeof(Gateway.Gateway).Assembly)
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType == typeof(Problem))
            .Select(field => ($"{field.DeclaringType!.FullName}.{field.Name}", (Problem)field.GetValue(null)!)),
    ];

    [Fact]
    public void A_code_means_one_thing() => Offenders.None(
        from same in All.GroupBy(p => p.Problem.Code)
        where same.Select(p => (p.Problem.Status, p.Problem.Title)).Distinct().Count() > 1
        select $"{same.Key}: {string.Join("; ", same.Select(p => $"{p.Where} is {p.Problem.Status} \"{p.Problem.Title}\""))}",
        "One code, one status, one title: what is particular goes into the detail (problem.With(...)), or give it a code of its own.");

    [Fact]
    public void A_code_is_snake_case_and_its_status_is_an_error() => Offenders.None(
        from p in All
        where p.Problem.Status is < 400 or > 599 || p.Problem.Code.Length == 0
            || !p.Problem.Code.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')
        select $"{p.Where}: {p.Problem.Code} {p.Problem.Status}", "A code is snake_case and a status 4xx or 5xx.");

    [Fact]
    public void Every_problem_is_explained_and_nothing_else_is()
    {
        Assert.True(All.Length > 60, $"only {All.Length} problems were found");
        var listed = Listed();
        var wanted = All.Select(p => (p.Problem.Code, $"{p.Problem.Status}", p.Problem.Title)).Distinct().ToList();
        Offenders.None(
            wanted.Except(listed.Select(row => (row.Code, row.Status, row.Meaning))).Select(row => $"| `{row.Item1}` | {row.Item2} | {row.Item3} | ... |"),
            $"{Page} lacks these rows (code, status, meaning as answered, what to do):");
        Offenders.None(listed.Select(row => row.Code).Except(wanted.Select(row => row.Code)),
            $"{Page} explains what nothing answers any more: remove the row.");
        Offenders.None(listed.Where(row => row.Todo.Length < 10).Select(row => row.Code), $"{Page}: say what the caller is to do.");
        Assert.Equal(listed.Select(row => row.Code).Order(), listed.Select(row => row.Code));
    }

    [Fact]
    public void Problems_are_made_where_they_are_listed() => Offenders.None(
        from file in Sources.CSharp
        where file.Text.Contains("new Problem(") && !file.Path.StartsWith("tests/")
            && !file.Path.EndsWith("Problems.cs")
        select file.Path, "Give it a name in Problems.cs.");

    /// <summary>What the till's own code makes, beside the server's codes: no answer, one that cannot be read, and its own faults.</summary>
    private static readonly string[] TillsOwn = ["unreachable", "unexpected_answer", "unexpected", "signed_out", "no_such_number"];

    [Fact]
    public void The_till_knows_no_code_that_nobody_answers()
    {
        var page = File.ReadAllText(Path.Combine(Sources.Root, "web/src/i18n/problems.ts"));
        var sentences = Keys(page, "const en: Sentences = {");
        Assert.True(sentences.Count > 20, $"only {sentences.Count} sentences were found");
        var asked = Directory.EnumerateFiles(Path.Combine(Sources.Root, "web/src"), "*.ts*", SearchOption.AllDirectories)
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"code === '(?<code>\w+)'", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)))
            .Select(match => match.Groups["code"].Value).ToList();
        Assert.NotEmpty(asked);
        var answered = Listed().Select(row => row.Code).Concat(TillsOwn).ToHashSet();
        Offenders.None(
            sentences.Where(code => !code.StartsWith("status_")).Concat(asked).Except(answered),
            $"web/: no server answers this code. Take the one of {Page}.");
        var reasons = typeof(Pricing.Pricer).Assembly.GetType("WebWaka.Pricing.Rules.Reasons", throwOnError: true)!
            .GetFields(BindingFlags.Static | BindingFlags.Public).Where(field => field.IsLiteral).Select(field => (string)field.GetValue(null)!).Order();
        Assert.Equal(reasons, Keys(page, "const enReasons: Sentences = {").Order());
    }

    /// <summary>The keys of the object literal that begins with this line.</summary>
    private static List<string> Keys(string page, string opening)
    {
        var from = page.IndexOf(opening);
        Assert.True(from >= 0, $"not found: {opening}");
        return [.. page[from..].Split('\n').Skip(1).TakeWhile(line => line != "};").Select(line => line.Split(':')[0].Trim())];
    }

    private static List<(string Code, string Status, string Meaning, string Todo)> Listed() =>
    [
        .. from line in File.ReadAllLines(Path.Combine(Sources.Root, Page))
           where line.StartsWith("| `")
           let cells = line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)
           select (cells[0].Trim('`'), cells[1], cells[2], cells[3]),
    ];
}
