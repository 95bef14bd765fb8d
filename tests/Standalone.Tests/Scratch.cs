namespace WebWaka.Standalone.Tests;

/// <summary>A folder for one test, reachable by the account that runs PostgreSQL, deleted with all in it.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch()
    {
        Path = Directory.CreateTempSubdirectory("webwaka-test-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string Path { get; }

    public string Below(string name) => System.IO.Path.Combine(Path, name);

    public StandaloneOptions Options => new() { DataPath = Below("data") };

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
