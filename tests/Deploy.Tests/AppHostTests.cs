extern alias apphost;

using apphost::Aspire.Hosting;
using apphost::Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace WebWaka.Deploy.Tests;

/// <summary>AppHost.cs, run against signatures of Aspire's methods: what each process would be given.</summary>
public sealed class AppHostTests
{
    private static readonly DistributedApplication.Noted Described = Describe();

    private static DistributedApplication.Noted Describe()
    {
        typeof(DistributedApplication).Assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        return DistributedApplication.Described!;
    }

    /// <summary>As the process itself would read it.</summary>
    private static IConfiguration ConfigurationOf(string process) => new ConfigurationBuilder()
        .AddInMemoryCollection(
            Described[process].Environment.Select(v => KeyValuePair.Create(v.Key.Replace("__", ":", StringComparison.Ordinal), (string?)v.Value)))
        .Build();

    [Fact]
    public void Every_process_gets_what_it_needs_and_nothing_that_it_does_not_read() => Offenders.None(
        Setting.Processes.SelectMany(process => Setting.Faults(process, Described[NameOf(process)].Environment.Keys)),
        "AppHost.cs and docs/operations.md disagree.");

    [Fact]
    public void Every_service_is_there_as_its_own_project()
    {
        foreach (var process in Setting.Processes.Where(process => process != Setting.Push))
            Assert.Equal(process.Replace("-", "", StringComparison.Ordinal), ((ProjectResource)Described[process]).Project, ignoreCase: true);
        Assert.True(DistributedApplication.Ran);
        Assert.Equal(("Webwaka", "db push"), (((ProjectResource)Described[Wiring.DbPush]).Project, string.Join(' ', Described[Wiring.DbPush].Arguments)));
        var listed = Repository.Read("AppHost/AppHost.csproj");
        foreach (var project in Described.Resources.OfType<ProjectResource>())
            Assert.Contains($"/{project.Project}.csproj\"", listed, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_Cell_logs_in_as_its_own_roles_with_the_passwords_that_the_push_gives()
    {
        foreach (var cell in Wiring.Cells)
        {
            foreach (var (name, role) in new[] { (cell, Wiring.AppRole(cell)), (Wiring.RelayOf(cell), Wiring.RelayRole(cell)) })
            {
                var own = new NpgsqlConnectionStringBuilder(StartSettings.Postgres(ConfigurationOf(cell), name));
                var pushed = new NpgsqlConnectionStringBuilder(StartSettings.Postgres(ConfigurationOf(Wiring.DbPush), name));
                Assert.Equal((role, Wiring.Database), (own.Username, own.Database));
                Assert.Equal((own.Username, own.Password, own.Host), (pushed.Username, pushed.Password, pushed.Host));
            }
        }

        var ops = new NpgsqlConnectionStringBuilder(StartSettings.Postgres(ConfigurationOf(Wiring.DbPush), Wiring.Ops));
        Assert.Equal(Wiring.OpsRole, ops.Username);
        var admin = new NpgsqlConnectionStringBuilder(ServerUrls.Postgres(Described[Wiring.DbPush].Environment[Wiring.Variables.DatabaseUrl]));
        Assert.Equal(("postgres", Wiring.Database), (admin.Username, admin.Database));
    }

    [Fact]
    public void Who_shares_a_secret_has_the_same_one()
    {
        var secrets = new[] { Wiring.Identity, Wiring.Transaction, Wiring.Payments }.Select(cell => StartSettings.RootSecret(ConfigurationOf(cell))).ToList();
        Assert.Single(secrets.Distinct());
        Assert.All(Described.Resources.OfType<ParameterResource>(), parameter => Assert.True(parameter.Secret, parameter.Name));
        Assert.Contains("ssl=true", StartSettings.Redis(ConfigurationOf(Wiring.Gateway)), StringComparison.OrdinalIgnoreCase);
        foreach (var cell in Wiring.Cells)
            Assert.StartsWith("amqp://", ConfigurationOf(cell)[Wiring.Variables.RabbitMqUrl], StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_starts_before_what_it_needs()
    {
        foreach (var cell in Wiring.Cells)
        {
            Assert.Contains(Described[Wiring.DbPush], Described[cell].WaitsForTheEndOf);
            Assert.Contains(Described[cell], Described[Wiring.Gateway].WaitsFor);
            Assert.Contains("/ready", Described[cell].HealthPaths);
            Assert.Contains($"services__{Wiring.Identity}__http__0", Described[cell].Environment.Keys);
            Assert.Contains($"services__{cell}__http__0", Described[Wiring.Gateway].Environment.Keys);
        }

        Assert.Contains(Described[Wiring.DbPush].WaitsFor, resource => resource.Name == Wiring.Database);
        Assert.Contains(Described[Wiring.Redis], Described[Wiring.Gateway].WaitsFor);
        Assert.Contains(Described[Wiring.Web], Described[Wiring.Gateway].WaitsForTheEndOf);
        Assert.Equal(Wiring.GatewayPort, Described[Wiring.Gateway].Port);
    }

    private static string NameOf(string process) => process == Setting.Push ? Wiring.DbPush : process;
}
