using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Npgsql;

namespace WebWaka.Deploy.Tests;

/// <summary>compose.yaml, filled with what tools/secrets.sh prints.</summary>
public sealed partial class ComposeTests
{
    private static readonly Dictionary<string, string> Secrets = Repository.Run("bash", ["tools/secrets.sh", "--demo"]).Split('\n')
        .Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static readonly JsonObject Services = Yaml.One(Repository.Read("compose.yaml"))["services"]!.AsObject();

    private static readonly string[] Stores = [Wiring.Postgres, Wiring.Redis, Wiring.RabbitMq];

    private static Dictionary<string, string> EnvironmentOf(string service) =>
        Services[service]!["environment"]!.AsObject().ToDictionary(v => v.Key, v => Filled(v.Value?.ToString() ?? ""), StringComparer.Ordinal);

    [Fact]
    public void Every_process_is_there_once_with_what_it_needs_and_nothing_that_it_does_not_read()
    {
        Assert.Equal(Setting.Processes.Concat(Stores).Order(), Services.Select(service => service.Key).Order());
        Offenders.None(
            Setting.Processes.SelectMany(process => Setting.Faults(process, EnvironmentOf(process).Keys)), "compose.yaml and docs/operations.md disagree.");
    }

    [Theory]
    [InlineData(Wiring.Variables.SentryDsn)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public void What_the_env_file_may_name_for_all_reaches_every_reader_and_is_nothing_without_it(string name) => Assert.All(
        Setting.All.Single(setting => setting.Name == name).Readers, reader =>
        {
            Assert.Equal($"${{{name}:-}}", (string?)Services[reader]!["environment"]![name]);
            Assert.Equal("", EnvironmentOf(reader)[name]);
        });

    [Fact]
    public void Each_Cell_logs_in_as_its_own_roles_with_the_passwords_that_the_push_gives()
    {
        var push = EnvironmentOf(Setting.Push);
        foreach (var cell in Wiring.Cells)
        {
            foreach (var (name, role) in new[] { (cell, Wiring.AppRole(cell)), (Wiring.RelayOf(cell), Wiring.RelayRole(cell)) })
            {
                var own = new NpgsqlConnectionStringBuilder(ServerUrls.Postgres(EnvironmentOf(cell)[$"ConnectionStrings__{name}"]));
                Assert.Equal((role, Wiring.Database, Wiring.Postgres), (own.Username, own.Database, own.Host));
                Assert.Equal(EnvironmentOf(cell)[$"ConnectionStrings__{name}"], push[$"ConnectionStrings__{name}"]);
                Assert.True(own.Password!.Length >= 32, name);
            }
        }

        Assert.Equal(Wiring.OpsRole, new NpgsqlConnectionStringBuilder(push["ConnectionStrings__ops"]).Username);
        var passwords = push.Values.Select(text => new NpgsqlConnectionStringBuilder(text).Password).ToList();
        Assert.Equal(passwords.Count, passwords.Distinct().Count());
    }

    [Fact]
    public void Its_secrets_come_from_the_env_file_alone()
    {
        Offenders.None(
            Variable().Matches(Repository.Read("compose.yaml")).Where(match => match.Groups["else"].Value.StartsWith(":?", StringComparison.Ordinal))
                .Select(match => match.Groups["name"].Value).Distinct().Where(name => !Secrets.ContainsKey(name)), "tools/secrets.sh does not make it.");
        Offenders.None(
            Repository.Read("compose.yaml").Split('\n').Where(line => Said().IsMatch(Variable().Replace(line, "$$"))), "A secret stands in compose.yaml.");
    }

    [Fact]
    public void Our_processes_run_without_root_and_rights_on_a_file_system_that_they_cannot_write()
    {
        foreach (var name in Setting.Processes)
        {
            var service = Services[name]!;
            Assert.Equal("1654:1654", (string?)service["user"]);
            Assert.True((bool?)service["read_only"], name);
            Assert.Equal((string[])["ALL"], service.TextAt("cap_drop"));
            Assert.Equal((string[])["no-new-privileges:true"], service.TextAt("security_opt"));
            Assert.Equal($"${{WEBWAKA_IMAGES:-webwaka}}/{(name == Setting.Push ? "webwaka" : name)}:${{WEBWAKA_VERSION:-dev}}", (string?)service["image"]);
        }

        foreach (var name in Stores)
            Assert.Equal((string[])["no-new-privileges:true"], Services[name].TextAt("security_opt"));
        Assert.DoesNotContain("latest", Repository.Read("compose.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_gateway_is_reached_from_outside()
    {
        Assert.Equal(
            (string[])[Wiring.Gateway, Wiring.PaystackSandbox],
            Services.Where(service => service.Value!["ports"] is not null).Select(service => service.Key).Order());
        Assert.Equal("demo", Assert.Single(Services[Wiring.PaystackSandbox].TextAt("profiles")));
        Assert.Equal(
            (string[])[Wiring.Gateway, Wiring.Payments, Wiring.PaystackSandbox],
            Services.Where(service => service.Value.TextAt("networks").Contains("outside")).Select(service => service.Key).Order());
        Assert.True((bool?)Yaml.One(Repository.Read("compose.yaml"))["networks"]!["inside"]!["internal"]);
        Assert.All(Services, service => Assert.Contains("inside", service.Value.TextAt("networks")));
    }

    [Fact]
    public void Each_is_looked_at_and_nobody_starts_before_what_it_needs()
    {
        foreach (var cell in Wiring.Cells)
        {
            Assert.Equal("service_completed_successfully", (string?)Services[cell]!["depends_on"]![Setting.Push]!["condition"]);
            Assert.Equal("service_healthy", (string?)Services[Wiring.Gateway]!["depends_on"]![cell]!["condition"]);
            Assert.Equal($"CMD dotnet /app/{cell}.dll health", string.Join(' ', Services[cell].TextAt("healthcheck/test")), ignoreCase: true);
        }

        Assert.Equal("service_healthy", (string?)Services[Setting.Push]!["depends_on"]![Wiring.Postgres]!["condition"]);
        Assert.All(Stores.Append(Wiring.Gateway), name => Assert.NotNull(Services[name]!["healthcheck"]!["test"]));
        // What the host may take to finish, and a while more.
        Assert.All(Setting.Processes, process => Assert.Equal("45s", (string?)Services[process]!["stop_grace_period"]));
    }

    private static string Filled(string text) => Variable().Replace(text, match =>
        Secrets.GetValueOrDefault(match.Groups["name"].Value) ?? (match.Groups["else"].Value.StartsWith(":-", StringComparison.Ordinal)
            ? match.Groups["else"].Value[2..] : throw new KeyNotFoundException(match.Value)));

    [GeneratedRegex("(password|secret|secret_key)[=:] ?[^$ ]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Said();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(?<else>:[-?][^}]*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
