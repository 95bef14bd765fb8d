using System.Reflection;
using System.Text.RegularExpressions;

namespace WebWaka.Deploy.Tests;

/// <summary>docs/operations.md, the code and Wiring.cs say the same names.</summary>
public sealed partial class SettingsTests
{
    /// <summary>What a host sets for its own parts, not an operator.</summary>
    private static readonly string[] Internal = ["HomeTenant"];

    private static readonly string Code = string.Join('\n',
        new[] { "services", "gateway", "ServiceDefaults", "Standalone", "tools" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)).Select(File.ReadAllText));

    private static readonly string[] Variables =
        [.. typeof(Wiring.Variables).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    /// <summary>What ASP.NET Core itself reads.</summary>
    private static readonly string[] OfTheRuntime = ["Logging__LogLevel__*", "ASPNETCORE_FORWARDEDHEADERS_ENABLED"];

    [Fact]
    public void Every_name_in_the_table_is_read_by_the_code() => Offenders.None(
        Setting.All.Select(setting => setting.Name).Except(OfTheRuntime).Select(name => name.TrimEnd('*')).Where(name => !IsInCode(name)),
        "docs/operations.md names a setting that no code has: take it out, or mend its name.");

    [Fact]
    public void Every_name_that_the_code_reads_is_in_the_table() => Offenders.None(
        Variables.Concat(Literal().Matches(Code).Select(match => match.Groups["name"].Value.Replace(":", "__", StringComparison.Ordinal)))
            .Distinct().Where(name => !Internal.Contains(name) && !IsReserved(name) && name != Wiring.Variables.Environment)
            .Where(name => !Setting.All.Any(setting => setting.Name == name || setting.Name.StartsWith(name + "__", StringComparison.Ordinal)
                || setting.Name.EndsWith('*') && name.StartsWith(setting.Name[..^3], StringComparison.Ordinal))),
        "Say in docs/operations.md who reads it, whether it is required and what it means.");

    private static bool IsInCode(string name)
    {
        var last = name.Replace("__{slug}", "", StringComparison.Ordinal).TrimEnd('_').Split("__")[^1];
        return Variables.Contains(name)
            || name.StartsWith("ConnectionStrings__", StringComparison.Ordinal) || name.StartsWith("services__", StringComparison.Ordinal)
            || Code.Contains($"\"{name}\"", StringComparison.Ordinal) || Code.Contains($"\"{last}\"", StringComparison.Ordinal)
            || Code.Contains($" {last} {{ get; set; }}", StringComparison.Ordinal) || Code.Contains($":{last}\"", StringComparison.Ordinal);
    }

    private static bool IsReserved(string name) => Array.Exists(
        Repository.Read("docs/operations.md").Split('\n'),
        line => line.Contains("reserved", StringComparison.Ordinal) && line.Contains($"`{name}`", StringComparison.Ordinal));

    [GeneratedRegex("""onfiguration(?:\[|\.GetValue\(|\.GetSection\()"(?<name>[A-Za-z_:-]+)"[],)]""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Literal();
}
