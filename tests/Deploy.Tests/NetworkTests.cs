using System.Text.Json.Nodes;

namespace WebWaka.Deploy.Tests;

/// <summary>Who may talk to whom: exactly those that must.</summary>
public sealed class NetworkTests
{
    private static readonly Rendering Operators = Kubernetes.Of("tests/Deploy.Tests/renderings/operators");
    private static readonly IReadOnlyList<JsonObject> Policies = [.. Operators.OfKind("NetworkPolicy")];

    /// <summary>Labels of every pod of the namespace: ours, and those that the operators make.</summary>
    private static readonly Dictionary<string, JsonObject> Pods = new(
        Operators.Pods.Select(pod => KeyValuePair.Create(pod.Name, pod.Template["metadata"]!["labels"]!.AsObject())), StringComparer.Ordinal)
    {
        ["postgres"] = new() { ["cnpg.io/cluster"] = "postgres" },
        ["postgres-pooler"] = new() { ["cnpg.io/poolerName"] = "postgres-pooler-rw" },
        ["rabbitmq"] = new() { ["app.kubernetes.io/name"] = "rabbitmq", ["app.kubernetes.io/component"] = "rabbitmq" },
        ["redis"] = new() { ["app"] = "redis" },
    };

    private static readonly int[] Ports = [53, 443, 4317, 4369, 5432, 5672, 6379, 6443, 8000, 8080, 15672, 25672, 35672];

    [Fact]
    public void Within_the_namespace_exactly_the_dependencies_are_open()
    {
        var open =
            from source in Pods
            from target in Pods
            from port in Ports
            where Selected(source.Value, "Egress").Any(policy => Allows(policy, "egress", "to", target.Value, port))
                && Selected(target.Value, "Ingress").Any(policy => Allows(policy, "ingress", "from", source.Value, port))
            select $"{source.Key} -> {target.Key}:{port}";
        // Every Cell asks identity for its keys (CellKit's TokenAccess); its own events it sends itself, by the broker.
        var must = Wiring.Cells.SelectMany(cell => new[]
        {
            $"gateway -> {cell}:8080", $"{cell} -> identity:8080", $"{cell} -> postgres-pooler:5432", $"{cell} -> rabbitmq:5672",
        }).Concat(
        [
            "gateway -> redis:6379", "postgres-pooler -> postgres:5432", "postgres -> postgres:5432", "postgres -> postgres:8000",
            "migrate -> postgres:5432", "backup -> postgres:5432",
            "rabbitmq -> rabbitmq:4369", "rabbitmq -> rabbitmq:25672", "rabbitmq -> rabbitmq:35672",
        ]);
        Assert.Equal(must.Order(), open.Order());
    }

    [Fact]
    public void From_outside_only_the_ingress_reaches_the_gateway_and_operators_their_stores()
    {
        var open =
            from pod in Pods
            from policy in Selected(pod.Value, "Ingress")
            from rule in policy.At("spec/ingress")
            from name in NamespacesOf(rule, "from")
            from port in rule.At("ports/port")
            select $"{name} -> {pod.Key}:{port}";
        Assert.Equal(
        (string[])[
            "cnpg-system -> postgres:5432", "cnpg-system -> postgres:8000", "ingress-nginx -> gateway:8080", "keda -> rabbitmq:5672",
            "rabbitmq-system -> rabbitmq:15672", "redis-operator -> redis:6379",
        ], open.Distinct().Order());
    }

    [Fact]
    public void Only_payments_reaches_the_internet()
    {
        var reaching = Wiring.Cells.Append(Wiring.Gateway).Append(Setting.Push).Append("backup").Where(name => Selected(Pods[name], "Egress")
            .Any(policy => policy.At("spec/egress/to/ipBlock").Any() || policy.At("spec/egress").Any(rule => rule["to"] is null)));
        Assert.Equal((string[])[Wiring.Payments], reaching);
        var paystack = Policies.Single(policy => (string?)policy["metadata"]!["name"] == "paystack");
        Assert.Equal(443, (int)paystack.At("spec/egress/ports/port").Single());
        Assert.Contains("10.0.0.0/8", paystack.TextAt("spec/egress/to/ipBlock/except"));
    }

    [Fact]
    public void Where_errors_go_to_Sentry_every_service_reaches_it_and_no_job()
    {
        var sentry = Kubernetes.Of("tests/Deploy.Tests/renderings/managed").The("NetworkPolicy", "sentry");
        Assert.Equal(
            Wiring.Cells.Append(Wiring.Gateway).Order(),
            Pods.Where(pod => Matches(sentry["spec"]!["podSelector"]!, pod.Value)).Select(pod => pod.Key).Order());
        Assert.Equal(443, (int)sentry.At("spec/egress/ports/port").Single());
        Assert.Contains("10.0.0.0/8", sentry.TextAt("spec/egress/to/ipBlock/except"));
        Assert.Equal((string[])["Egress"], sentry.TextAt("spec/policyTypes"));
    }

    [Fact]
    public void What_no_policy_names_is_closed()
    {
        var all = Policies.Single(policy => (string?)policy["metadata"]!["name"] == "default-deny");
        Assert.Equal("{}", all["spec"]!["podSelector"]!.ToJsonString());
        Assert.Equal((string[])["Ingress", "Egress"], all.TextAt("spec/policyTypes"));
        Assert.All(Kubernetes.Renderings, path => Assert.NotNull(Kubernetes.Of(path).Find("NetworkPolicy", "default-deny")));
        // Names are looked up by everybody.
        Assert.All(Pods.Values, pod => Assert.Contains(Selected(pod, "Egress"), policy => (string?)policy["metadata"]!["name"] == "dns"));
    }

    private static IEnumerable<JsonObject> Selected(JsonObject labels, string type) =>
        Policies.Where(policy => policy.TextAt("spec/policyTypes").Contains(type) && Matches(policy["spec"]!["podSelector"]!, labels));

    private static bool Allows(JsonObject policy, string direction, string peer, JsonObject labels, int port) => policy.At($"spec/{direction}").Any(rule =>
        (rule["ports"] is null || rule.At("ports").Any(open => (int)open["port"]! <= port && port <= (int)(open["endPort"] ?? open["port"])!))
        && (rule[peer] is null || rule.At(peer).Any(other =>
            other["namespaceSelector"] is null && other["podSelector"] is { } selector && Matches(selector, labels))));

    private static bool Matches(JsonNode selector, JsonObject labels) =>
        (selector["matchLabels"]?.AsObject() ?? []).All(label => (string?)labels[label.Key] == (string?)label.Value)
        && selector.At("matchExpressions").All(expression =>
            (string?)expression["operator"] == "In" && expression.TextAt("values").Contains((string?)labels[(string)expression["key"]!]));

    private static IEnumerable<string> NamespacesOf(JsonNode rule, string peer) =>
        rule.At($"{peer}/namespaceSelector/matchLabels").Select(labels => (string)labels["kubernetes.io/metadata.name"]!);
}
