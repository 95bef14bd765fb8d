using System.Globalization;

namespace WebWaka.Standalone.Tests;

public sealed class WebBuildTests
{
    const string Builds =
        "const fs = require('fs'); fs.mkdirSync('out', { recursive: true }); fs.writeFileSync('out/index.html', fs.readFileSync('src/page'));";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_are_built_once_and_again_after_a_change_or_a_deletion()
    {
        using Scratch scratch = new();
        using var data = DataFolder.Open(scratch.Below("data"));
        var web = await WebAsync(scratch, Builds);
        List<string> said = [];

        var pages = await WebBuild.PagesAsync(scratch.Path, data, said.Add, Stop);
        Assert.Equal(Path.Combine(web, "out"), pages);
        Assert.Equal(["Bringing what the web pages are built with (npm ci)", "Building the web pages, once"], said);

        said.Clear();
        await WebBuild.PagesAsync(scratch.Path, data, said.Add, Stop);
        Assert.Empty(said);

        await File.WriteAllTextAsync(Path.Combine(web, "src/page"), "two", Stop);
        await WebBuild.PagesAsync(scratch.Path, data, said.Add, Stop);
        Assert.Equal(["Building the web pages, once"], said);
        Assert.Equal("two", await File.ReadAllTextAsync(Path.Combine(web, "out/index.html"), Stop));

        said.Clear();
        File.Delete(Path.Combine(web, "src/other"));
        await WebBuild.PagesAsync(scratch.Path, data, said.Add, Stop);
        Assert.Equal(["Building the web pages, once"], said);
    }

    [Fact]
    public async Task A_build_that_fails_is_one_line_with_its_log()
    {
        using Scratch scratch = new();
        using var data = DataFolder.Open(scratch.Below("data"));
        await WebAsync(scratch, "console.error('no such page'); process.exit(3)");
        var failed = await Assert.ThrowsAsync<StandaloneException>(() => WebBuild.PagesAsync(scratch.Path, data, _ => { }, Stop));
        Assert.DoesNotContain('\n', failed.Message);
        Assert.EndsWith($"Its log is {scratch.Below("data/logs/web-build.log")}", failed.Message, StringComparison.Ordinal);
        Assert.Contains("no such page", await File.ReadAllTextAsync(scratch.Below("data/logs/web-build.log"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_is_broken_off_leaves_no_process()
    {
        using Scratch scratch = new();
        using var data = DataFolder.Open(scratch.Below("data"));
        var web = await WebAsync(scratch, "require('fs').writeFileSync('out.pid', process.pid + '\\n'); setTimeout(() => {}, 120000)");
        var pidFile = Path.Combine(web, "out.pid");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var building = WebBuild.PagesAsync(scratch.Path, data, _ => { }, stop.Token);
        while (!building.IsCompleted && (!File.Exists(pidFile) || !(await File.ReadAllTextAsync(pidFile, Stop)).EndsWith('\n')))
            await Task.Delay(TimeSpan.FromMilliseconds(20), Stop);
        var pid = int.Parse(await File.ReadAllTextAsync(pidFile, Stop), CultureInfo.InvariantCulture);
        Assert.True(Lives(pid));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => building);
        for (var tries = 0; tries < 100 && Lives(pid); tries++) await Task.Delay(TimeSpan.FromMilliseconds(20), Stop);
        Assert.False(Lives(pid));
    }

    [Fact]
    public async Task Without_a_web_folder_there_are_no_pages_and_a_line_says_so()
    {
        using Scratch scratch = new();
        using var data = DataFolder.Open(scratch.Below("data"));
        List<string> said = [];
        Assert.Null(await WebBuild.PagesAsync(scratch.Path, data, said.Add, Stop));
        Assert.Equal(["No web pages: there is no web folder beside the solution. The API works without them."], said);
    }

    static bool Lives(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    static async Task<string> WebAsync(Scratch scratch, string build)
    {
        var web = scratch.Below("web");
        Directory.CreateDirectory(Path.Combine(web, "src"));
        await File.WriteAllTextAsync(Path.Combine(web, "src/page"), "one", Stop);
        await File.WriteAllTextAsync(Path.Combine(web, "src/other"), "", Stop);
        await File.WriteAllTextAsync(Path.Combine(web, "build.js"), build, Stop);
        Directory.CreateDirectory(Path.Combine(web, "part"));
        await File.WriteAllTextAsync(Path.Combine(web, "part/package.json"), """{"name":"part","version":"1.0.0"}""", Stop);
        await File.WriteAllTextAsync(Path.Combine(web, "package.json"),
            """{"name":"w","version":"1.0.0","scripts":{"build":"node build.js"},"dependencies":{"part":"file:part"}}""", Stop);
        await File.WriteAllTextAsync(Path.Combine(web, "package-lock.json"), """
            {"name":"w","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{
              "":{"name":"w","version":"1.0.0","dependencies":{"part":"file:part"}},
              "part":{"version":"1.0.0"},
              "node_modules/part":{"resolved":"part","link":true}}}
            """, Stop);
        return web;
    }
}
