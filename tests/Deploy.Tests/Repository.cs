using System.Diagnostics;

namespace WebWaka.Deploy.Tests;

/// <summary>The repository as it is on disk, and the programs that read it.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    public static string Path(string path) => System.IO.Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(Path(path));

    /// <summary>What a program prints. It fails with what the program said when it does not end with 0.</summary>
    public static string Run(string program, IEnumerable<string> arguments, string? input = null, string? folder = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            WorkingDirectory = folder ?? Root,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {error.Result}{output.Result}");
        return output.Result;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "WebWakaPos.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("These tests read the repository: run them from a build inside it.");
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
