using System.Net;
using System.Net.Http.Json;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.Json.Nodes;

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
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
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
        await using var program = StandaloneProgram.StartOn(port, scratch, []);
        var (exitCode, error) = await program.EndAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("--port is a number from 1 to 65535", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_is_reached_from_its_network_by_the_domain_that_it_was_given()
    {
        using Scratch scratch = new();
        await using var program = await StandaloneProgram.StartOn(
            FreePort.Choose(), scratch, [("NEXT_PUBLIC_ROOT_DOMAIN", "pos.lan:8080")], "--no-demo").ReadyAsync();
        using HttpClient network = new() { BaseAddress = new Uri($"http://{NetworkAddress()}:{program.Port}") };
        var signUp = JsonContent.Create(new
        {
            slug = "corner", name = "Corner shop", country = "NG", storeName = "Main",
            owner = new { name = "Ada", email = "ada@corner.test", password = "A-long-Passw0rd!" },
        });
        Assert.Equal(HttpStatusCode.Created, (await Send(network, HttpMethod.Post, "pos.lan", "/api/tenants", signUp, key: "sign-up")).StatusCode);

        FormUrlEncodedContent form = new(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "password", ["client_id"] = "till", ["username"] = "ada@corner.test", ["password"] = "A-long-Passw0rd!",
        });
        var signedIn = await Send(network, HttpMethod.Post, "corner.pos.lan", "/connect/token", form);
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
        var token = (string)JsonNode.Parse(await signedIn.Content.ReadAsStringAsync(Stop))!["access_token"]!;

        Assert.Equal(HttpStatusCode.OK, (await Send(network, HttpMethod.Get, "corner.pos.lan", "/api/stores", token: token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(network, HttpMethod.Get, "corner.localhost", "/api/stores", token: token)).StatusCode);
        // Nobody's goods go out for the sandbox's money.
        var payment = await Send(
            network, HttpMethod.Post, "corner.pos.lan", "/api/payments", JsonContent.Create(new { ticket = "x", channel = "checkout" }), "pay", token);
        Assert.Contains("paystack_not_configured", await payment.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_with_the_demo_shops_is_not_opened_to_the_network()
    {
        using Scratch scratch = new();
        await using (var demo = await StandaloneProgram.Start(scratch).ReadyAsync())
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => Send(
                new HttpClient { BaseAddress = new Uri($"http://{NetworkAddress(mustBe: true)}:{demo.Port}") }, HttpMethod.Get, "localhost", "/alive"));
        }

        await using var shop = StandaloneProgram.Start(scratch, "--no-demo");
        var (exitCode, error) = await shop.EndAsync();
        Assert.Equal(2, exitCode);
        Assert.StartsWith("The demo shops are in this data, and everybody knows their passwords.", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_root_domain_that_is_none_is_one_line_and_exit_code_2()
    {
        using Scratch scratch = new();
        await using var program = StandaloneProgram.StartOn(FreePort.Choose(), scratch, [("NEXT_PUBLIC_ROOT_DOMAIN", "https://pos.lan/")]);
        var (exitCode, error) = await program.EndAsync();
        Assert.Equal(2, exitCode);
        Assert.StartsWith("NEXT_PUBLIC_ROOT_DOMAIN is no domain.", error, StringComparison.Ordinal);
    }

    /// <summary>An address of this machine that others reach it by; loopback where it has none.</summary>
    static IPAddress NetworkAddress(bool mustBe = false)
    {
        var outward = NetworkInterface.GetAllNetworkInterfaces()
            .Where(each => each.OperationalStatus == OperationalStatus.Up && each.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(each => each.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork);
        Assert.SkipWhen(mustBe && outward is null, "this machine is on no network");
        return outward ?? IPAddress.Loopback;
    }

    static async Task<HttpResponseMessage> Send(
        HttpClient client, HttpMethod method, string host, string path, HttpContent? body = null, string? key = null, string? token = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = body };
        request.Headers.Host = $"{host}:{client.BaseAddress!.Port}";
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        return await client.SendAsync(request, Stop);
    }
}
