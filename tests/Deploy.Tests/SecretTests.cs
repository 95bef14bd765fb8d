using Npgsql;

namespace WebWaka.Deploy.Tests;

/// <summary>Every Secret that a pod reads is made: by tools/secrets.sh, by external-secrets, or by an operator.</summary>
public sealed class SecretTests
{
    /// <summary>What operators make, or what their objects are given from elsewhere.</summary>
    private static readonly string[] Operators = ["rabbitmq-default-user/connection_string", "postgres-superuser/password"];

    private static readonly string[] Generated = Read("kubernetes");

    [Fact]
    public void The_script_makes_every_Secret_of_the_overlays()
    {
        var needed = new[] { Kubernetes.Production, Kubernetes.Staging }.SelectMany(Needed).Distinct().Except(Operators);
        Offenders.None(needed.Except(Generated), "tools/secrets.sh does not make it.");
        Assert.Contains("redis/password", Generated);
    }

    [Fact]
    public void The_script_makes_every_Secret_where_somebody_else_runs_the_stores() => Offenders.None(
        Needed("tests/Deploy.Tests/renderings/managed").Except(Read(
            "kubernetes", "--postgres", "Host=db", "--postgres-admin", "postgres://admin:x@db/webwaka", "--rabbitmq", "amqps://u:p@mq",
            "--redis", "rediss://:p@cache", "--sentry", "https://key@sentry.example.com/1")),
        "tools/secrets.sh does not make it.");

    [Fact]
    public void External_secrets_bring_every_Secret_of_production() => Offenders.None(
        Needed(Kubernetes.Production).Append("redis/password").Except(Operators).Except(
            from secret in Kubernetes.Of(Kubernetes.Production).OfKind("ExternalSecret")
            from key in secret.TextAt("spec/data/secretKey")
            select $"{secret["spec"]!["target"]!["name"]}/{key}"),
        "k8s/components/external-secrets does not bring it.");

    [Fact]
    public void Their_connection_strings_are_of_the_roles_that_the_push_makes()
    {
        const string prefix = "ConnectionStrings__";
        var strings = Yaml.Documents(Repository.Run("bash", ["tools/secrets.sh", "kubernetes"])).SelectMany(secret => secret["stringData"]!.AsObject())
            .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[prefix.Length..], pair => new NpgsqlConnectionStringBuilder((string?)pair.Value));
        foreach (var cell in Wiring.Cells)
        {
            Assert.Equal((Wiring.AppRole(cell), Wiring.Database), (strings[cell].Username, strings[cell].Database));
            Assert.Equal((Wiring.RelayRole(cell), Wiring.Database), (strings[Wiring.RelayOf(cell)].Username, strings[Wiring.RelayOf(cell)].Database));
        }

        Assert.Equal(Wiring.OpsRole, strings[Wiring.Ops].Username);
        Assert.Equal(strings.Count, strings.Values.Select(value => value.Password).Distinct().Count());
    }

    /// <summary>Each Secret's key that must be there, as <c>secret/key</c>.</summary>
    private static IEnumerable<string> Needed(string rendering) =>
        from pod in Kubernetes.Of(rendering).Pods
        from container in Rendering.ContainersOf(pod.Template)
        from secret in container.At("env/valueFrom/secretKeyRef")
        where (bool?)secret["optional"] != true
        select $"{secret["name"]}/{secret["key"]}";

    private static string[] Read(params string[] arguments) =>
        [.. from secret in Yaml.Documents(Repository.Run("bash", ["tools/secrets.sh", .. arguments]))
            from pair in secret["stringData"]!.AsObject()
            select $"{secret["metadata"]!["name"]}/{pair.Key}"];
}
