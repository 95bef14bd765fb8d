using System.Text.RegularExpressions;

namespace WebWaka.Deploy.Tests;

/// <summary>One name of the table in docs/operations.md, with the processes that read it and those that do not start without it.</summary>
internal sealed partial record Setting(string Name, IReadOnlySet<string> Readers, IReadOnlySet<string> RequiredBy)
{
    public const string Push = "migrate";

    /// <summary>Every process of the deployment that is ours.</summary>
    public static readonly string[] Processes = [.. Wiring.Cells, Wiring.Gateway, Push, Wiring.PaystackSandbox];

    public static readonly IReadOnlyList<Setting> All = [.. Rows().SelectMany(OfRow)];

    /// <summary>What the runtime reads, not we.</summary>
    private static readonly string[] OfTheRuntime = [Wiring.Variables.Environment];

    private static readonly Dictionary<string, string> InsteadOf = new(StringComparer.Ordinal)
    {
        [Wiring.Variables.RedisUrl] = $"ConnectionStrings__{Wiring.Redis}",
        [Wiring.Variables.RabbitMqUrl] = $"ConnectionStrings__{Wiring.RabbitMq}",
    };

    /// <summary>What the process needs and does not get, and what it gets and does not read.</summary>
    public static IEnumerable<string> Faults(string process, IReadOnlyCollection<string> names)
    {
        var missing = All.Where(setting => setting.RequiredBy.Contains(process) && !names.Contains(setting.Name)
            && !(InsteadOf.TryGetValue(setting.Name, out var other) && names.Contains(other))).Select(setting => $"{process} needs {setting.Name}");
        return missing.Concat(names.Where(name => !OfTheRuntime.Contains(name) && !IsRead(process, name)).Select(name => $"{process} does not read {name}"));
    }

    private static bool IsRead(string process, string name) =>
        All.Any(setting => setting.Readers.Contains(process) && (setting.Name == name
            || setting.Name.EndsWith('*') && name.StartsWith(setting.Name[..^1], StringComparison.Ordinal)
            || InsteadOf.GetValueOrDefault(setting.Name) == name));

    private static IEnumerable<string[]> Rows() =>
        from line in Repository.Read("docs/operations.md").Split("## Ports and probes")[0].Split('\n')
        where line.StartsWith("| `", StringComparison.Ordinal)
        select line.Split('|')[1..4].Select(cell => cell.Trim()).ToArray();

    private static IEnumerable<Setting> OfRow(string[] row)
    {
        var names = Code().Matches(row[0]).Select(match => match.Groups["code"].Value).ToList();
        var full = names.Where(name => !Numbered().IsMatch(name))
            .Select(name => name.StartsWith("__", StringComparison.Ordinal) ? names[0].Split("__")[0] + name : name);
        foreach (var name in full)
        {
            foreach (var cell in name.Contains("{cell}", StringComparison.Ordinal) ? Wiring.Cells : [""])
            {
                var readers = row[1].Split(',').SelectMany(who => Who(who.Trim().Trim('`'), cell)).ToHashSet(StringComparer.Ordinal);
                yield return new Setting(name.Replace("{cell}", cell, StringComparison.Ordinal), readers, Required(row[2], readers));
            }
        }
    }

    private static IReadOnlySet<string> Required(string text, HashSet<string> readers) => text switch
    {
        _ when text.StartsWith("yes", StringComparison.Ordinal) => readers,
        _ when text.StartsWith("no", StringComparison.Ordinal) => new HashSet<string>(),
        "by the push" or "by `webwaka db`" => new HashSet<string> { Push },
        "by the gateway (S)" => new HashSet<string> { Wiring.Gateway },
        _ => throw new FormatException($"docs/operations.md: {text} does not say who needs it"),
    };

    private static IEnumerable<string> Who(string text, string cell) => text switch
    {
        "All" => Wiring.Cells.Append(Wiring.Gateway),
        "every Cell" => Wiring.Cells,
        "that Cell" => [cell],
        "the push" or "webwaka db push" or "webwaka db" => [Push],
        "the sandbox" => [Wiring.PaystackSandbox],
        "Standalone" or "Standalone's gateway" or "webwaka verify" or "webwaka dead" => [],
        _ when Processes.Contains(text) => [text],
        _ => throw new FormatException($"docs/operations.md: nobody is called {text}"),
    };

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("^__[0-9]$", RegexOptions.None, 1000)]
    private static partial Regex Numbered();
}
