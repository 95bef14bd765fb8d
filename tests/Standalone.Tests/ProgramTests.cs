namespace WebWaka.Standalone.Tests;

public sealed class ProgramTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static string PidFile(Scratch scratch) => scratch.Below("data/postgres/postmaster.pid");

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task A_signal_stops_all_that_it_started(string signal)
    {
        using Scratch scratch = new();
        await using var program = await StandaloneProgram.Start(scratch, "--no-demo").ReadyAsync();
        Assert.True(File.Exists(PidFile(scratch)));
        await program.SignalAsync(signal);
        Assert.Equal((0, ""), await program.EndAsync());
        Assert.False(File.Exists(PidFile(scratch)));
        Assert.Contains("database system is shut down", await File.ReadAllTextAsync(scratch.Below("data/postgres/server.log"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_outlived_its_killed_starter_is_adopted_and_stopped_at_the_end()
    {
        using Scratch scratch = new();
        await using (var killed = await StandaloneProgram.Start(scratch, "--no-demo").ReadyAsync())
        {
            await killed.SignalAsync("KILL");
            await killed.EndAsync();
        }
        var running = await File.ReadAllLinesAsync(PidFile(scratch), Stop);

        await using (var adopting = await PostgresServer.FindOrBringAsync(scratch.Options, _ => { }, Stop))
        {
            Assert.Equal(running[0], (await File.ReadAllLinesAsync(PidFile(scratch), Stop))[0]);
            Assert.Equal(1, await Sql.ReadAsync(adopting.AdminConnectionString, "SELECT 1"));
            Assert.Equal(running[3], await File.ReadAllTextAsync(scratch.Below("data/postgres-port"), Stop));
        }
        Assert.False(File.Exists(PidFile(scratch)));
    }

    [Fact]
    public async Task A_second_start_on_the_same_folder_is_one_line_and_exit_code_2()
    {
        using Scratch scratch = new();
        await using var first = await StandaloneProgram.Start(scratch, "--no-demo").ReadyAsync();
        await using var second = StandaloneProgram.Start(scratch);
        var (exitCode, error) = await second.EndAsync();
        Assert.Equal(2, exitCode);
        Assert.Equal($"WebWaka POS already runs on {scratch.Below("data")}. Stop it first, or name another folder with --data{Environment.NewLine}", error);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_exit_code_2()
    {
        using Scratch scratch = new();
        using System.Net.Sockets.TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        await using var program = StandaloneProgram.StartOn(port, scratch);
        var (exitCode, error) = await program.EndAsync();
        Assert.Equal(2, exitCode);
        Assert.Equal($"Port {port} is in use. End the program that listens on it, or start with --port N{Environment.NewLine}", error);
    }

    [Theory]
    [InlineData("70000")]
    [InlineData("0")]
    [InlineData("abc")]
    public async Task A_port_that_is_none_is_refused(string port)
    {
        using Scratch scratch = new();
        await using var program = StandaloneProgram.StartOn(port, scratch);
        var (exitCode, error) = await program.EndAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("--port is a number from 1 to 65535", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
