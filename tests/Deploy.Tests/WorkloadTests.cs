using System.Globalization;
using System.Text.Json.Nodes;

namespace WebWaka.Deploy.Tests;

/// <summary>What Kubernetes runs is what the code is: every service with all that belongs to it, set as it reads it.</summary>
public sealed class WorkloadTests
{
    private static readonly string[] Services = [.. Wiring.Cells, Wiring.Gateway];

    private static readonly string[] Probes = ["startupProbe", "livenessProbe", "readinessProbe"];

    private static readonly Rendering Production = Kubernetes.Of(Kubernetes.Production);

    public static TheoryData<string> Renderings => new(Kubernetes.Renderings);

    [Fact]
    public void Every_service_has_a_Deployment_a_Service_an_autoscaler_and_a_disruption_budget()
    {
        Assert.Equal(Services.Order(), Production.OfKind("Deployment").TextsAt("metadata/name").Order());
        foreach (var name in Services)
        {
            var label = $"{{\"app.kubernetes.io/name\":\"{name}\"}}";
            Assert.Equal(label, Production.The("Deployment", name)["spec"]!["selector"]!["matchLabels"]!.ToJsonString());
            Assert.Equal(label, Production.The("Service", name)["spec"]!["selector"]!.ToJsonString());
            Assert.Equal(label, Production.The("PodDisruptionBudget", name)["spec"]!["selector"]!["matchLabels"]!.ToJsonString());
            Assert.Equal(name, (string?)Production.The("Deployment", name)["spec"]!["template"]!["metadata"]!["labels"]!["app.kubernetes.io/name"]);
            Assert.Equal(1, (int?)Production.The("PodDisruptionBudget", name)["spec"]!["maxUnavailable"]);
            Assert.Equal($"registry.example.com/webwaka/{name}:0.1.0", (string?)Production.ContainerOf(name)["image"]);
        }
    }

    [Fact]
    public void Autoscalers_keep_2_to_10_at_70_percent_and_nobody_else_says_how_many()
    {
        foreach (var name in Services)
        {
            var scaler = Production.The("HorizontalPodAutoscaler", name)["spec"]!;
            var utilization = (int)scaler.At("metrics/resource/target/averageUtilization").Single();
            Assert.Equal((2, 10, 70), ((int)scaler["minReplicas"]!, (int)scaler["maxReplicas"]!, utilization));
            Assert.Equal(("cpu", "Deployment", name), (
                scaler.TextAt("metrics/resource/name").Single(), (string?)scaler["scaleTargetRef"]!["kind"], (string?)scaler["scaleTargetRef"]!["name"]));
            Assert.Null(Production.The("Deployment", name)["spec"]!["replicas"]);
            // It measures against what a pod asks for.
            Assert.NotNull(Production.ContainerOf(name)["resources"]!["requests"]!["cpu"]);
        }
    }

    [Fact]
    public void Where_KEDA_scales_it_scales_alone_and_by_queues_that_exist()
    {
        var operators = Kubernetes.Of("tests/Deploy.Tests/renderings/operators");
        Assert.NotEmpty(operators.OfKind("ScaledObject"));
        foreach (var scaled in operators.OfKind("ScaledObject"))
        {
            var name = (string)scaled["spec"]!["scaleTargetRef"]!["name"]!;
            Assert.Null(operators.Find("HorizontalPodAutoscaler", name));
            Assert.Equal((2, 10), ((int)scaled["spec"]!["minReplicaCount"]!, (int)scaled["spec"]!["maxReplicaCount"]!));
            Assert.Equal("70", scaled.At("spec/triggers").Single(trigger => (string?)trigger["type"] == "cpu").TextAt("metadata/value").Single());
            Assert.Contains(scaled.TextAt("spec/triggers/metadata/queueName").Single(), CellKit.EventRoutes.All.Select(route => $"{route.Cell}.{route.Type}"));
            Assert.Contains(scaled.TextAt("spec/triggers/metadata/hostFromEnv").Single(), operators.EnvironmentOf(name).Keys);
        }

        Assert.Equal(
            Services.Order(),
            operators.OfKind("HorizontalPodAutoscaler").Concat(operators.OfKind("ScaledObject")).TextsAt("metadata/name").Order());
    }

    [Theory]
    [MemberData(nameof(Renderings))]
    public void Every_process_gets_what_it_needs_and_nothing_that_it_does_not_read(string rendering) => Offenders.None(
        // The password is a part of the push's address in CloudNativePG's own cluster.
        Services.Append(Setting.Push).SelectMany(name =>
            Setting.Faults(name, [.. Kubernetes.Of(rendering).EnvironmentOf(name).Keys.Where(key => key != "POSTGRES_PASSWORD")])),
        $"{rendering} and docs/operations.md disagree.");

    [Fact]
    public void Probes_ask_where_the_process_answers()
    {
        foreach (var name in Services)
        {
            var container = Production.ContainerOf(name);
            Assert.Equal((string[])["/alive", "/alive", "/ready"], Probes.Select(probe => container.TextAt($"{probe}/httpGet/path").Single()));
            Assert.All(Probes, probe => Assert.Equal("http", container.TextAt($"{probe}/httpGet/port").Single()));
            // The port of the base images (ASPNETCORE_HTTP_PORTS), and of every address by which others call.
            Assert.Equal(("http", 8080), (container.TextAt("ports/name").Single(), (int)container.At("ports/containerPort").Single()));
            var service = Production.The("Service", name);
            Assert.Equal((8080, "http"), ((int)service.At("spec/ports/port").Single(), service.TextAt("spec/ports/targetPort").Single()));
            // The database's own check ends after three seconds.
            Assert.True((int)container.At("readinessProbe/timeoutSeconds").Single() > 3);
        }

        Assert.All(
            Services.SelectMany(name => Production.EnvironmentOf(name)).Where(variable => variable.Key.StartsWith("services__", StringComparison.Ordinal)),
            variable => Assert.Equal($"http://{variable.Key.Split("__")[1]}:8080", variable.Value));
    }

    [Theory]
    [MemberData(nameof(Renderings))]
    public void Pods_run_without_root_and_rights_on_a_file_system_that_they_cannot_write(string rendering) => Offenders.None(
        from pod in Kubernetes.Of(rendering).Pods
        let spec = pod.Template["spec"]!
        from container in Rendering.ContainersOf(pod.Template)
        from fault in new (bool Holds, string What)[]
        {
            ((bool?)spec["securityContext"]?["runAsNonRoot"] == true && (int?)spec["securityContext"]?["runAsUser"] > 0, "runs as root"),
            ((string?)spec["securityContext"]?["seccompProfile"]?["type"] == "RuntimeDefault", "has no seccomp profile"),
            ((bool?)container["securityContext"]?["allowPrivilegeEscalation"] == false, "may gain rights"),
            ((bool?)container["securityContext"]?["readOnlyRootFilesystem"] == true, "writes to its image"),
            (container.TextAt("securityContext/capabilities/drop").SequenceEqual(["ALL"]), "keeps capabilities"),
            ((bool?)spec["automountServiceAccountToken"] == false, "holds a token of the cluster"),
            ((bool?)spec["enableServiceLinks"] == false, "gets variables of other services"),
            (container["resources"]?["limits"]?["memory"] is not null, "may take all memory"),
        }
        where !fault.Holds
        select $"{pod.Name} {fault.What}", rendering);

    [Fact]
    public void A_process_that_is_stopped_has_time_to_say_so_and_to_finish()
    {
        foreach (var name in Services)
        {
            var drain = int.Parse(Production.EnvironmentOf(name)["DrainSeconds"], CultureInfo.InvariantCulture);
            var template = Production.The("Deployment", name)["spec"]!["template"]!["spec"]!;
            var readiness = Production.ContainerOf(name)["readinessProbe"]!;
            // The host ends itself after 30 seconds, the drain among them; meanwhile the endpoint is taken out.
            Assert.True((int)template["terminationGracePeriodSeconds"]! > 30 && drain <= 15);
            Assert.True(drain > (int)readiness["periodSeconds"]! * (int)readiness["failureThreshold"]!);
            var rolling = Production.The("Deployment", name)["spec"]!["strategy"]!["rollingUpdate"]!;
            Assert.Equal((1, 0), ((int)rolling["maxSurge"]!, (int)rolling["maxUnavailable"]!));
            Assert.Equal((string[])["kubernetes.io/hostname", "topology.kubernetes.io/zone"], template.TextAt("topologySpreadConstraints/topologyKey").Order());
        }
    }

    [Fact]
    public void Each_job_runs_a_command_that_the_tool_has()
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "webwaka.dll");
        var jobs =
            from path in Kubernetes.Renderings
            from pod in Kubernetes.Of(path).Pods
            from container in Rendering.ContainersOf(pod.Template)
            let image = (string)container["image"]!
            where image.Contains("/webwaka:", StringComparison.Ordinal) || image == "webwaka/webwaka"
            select (pod.Name, Command: string.Join(' ', container.TextAt("args")));
        var commands = jobs.Append((Setting.Push, string.Join(' ', Yaml.One(Repository.Read("compose.yaml"))["services"]![Setting.Push].TextAt("command"))))
            .Distinct().Order().ToList();
        // Compose has no Cell start before the migration has succeeded, an earlier version's too, which would refuse the newer database.
        Assert.Equal([("backup", "db backup /backups"), (Setting.Push, "db migrate --no-backup"), (Setting.Push, "db push")], commands);
        foreach (var (_, command) in commands)
        {
            string[] words = command.Split(' ');
            var help = Repository.Run("dotnet", [tool, .. words.Take(2), "--help"]);
            Assert.Contains($"webwaka {words[0]} {words[1]} [", help, StringComparison.Ordinal);
            Assert.All(words.Skip(2), word => Assert.Contains(word[0] == '-' ? word : "[<folder>]", help, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_backup_knows_no_more_than_the_role_that_sees_every_row_and_forgets_old_ones_only_after_a_new_one()
    {
        var template = Production.Pods.Single(pod => pod.Name == "backup").Template;
        var taking = template.At("spec/initContainers").Single();
        Assert.Equal(["ops/ConnectionStrings__ops"], Production.EnvironmentOf(taking).Values.Distinct());
        Assert.Equal(["ConnectionStrings__ops", Wiring.Variables.DatabaseUrl], Production.EnvironmentOf(taking).Keys.Order());
        Assert.Equal("find", template.TextAt("spec/containers/command").First());
        foreach (var container in Rendering.ContainersOf(template))
            Assert.Contains("/backups", container.TextAt("volumeMounts/mountPath"));
    }

    [Theory]
    [InlineData(Wiring.Variables.SentryDsn, "sentry/SENTRY_DSN")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel-collector.observability:4317")]
    public void Where_its_component_is_chosen_every_reader_has_it_and_elsewhere_nobody(string name, string value)
    {
        var chosen = Kubernetes.Of("tests/Deploy.Tests/renderings/managed");
        Assert.Equal(Services.Order(), Setting.All.Single(setting => setting.Name == name).Readers.Order());
        Assert.All(Services, service => Assert.Equal(value, chosen.EnvironmentOf(service).GetValueOrDefault(name)));
        Assert.All(Services, service => Assert.DoesNotContain(name, Production.EnvironmentOf(service).Keys));
    }

    [Theory]
    [InlineData(Kubernetes.Production, "pos.example.com")]
    [InlineData(Kubernetes.Staging, "staging.example.com")]
    public void The_ingress_answers_for_the_domain_and_every_shop_below_it(string overlay, string domain)
    {
        var rendering = Kubernetes.Of(overlay);
        var ingress = rendering.OfKind("Ingress").Single();
        Assert.Equal(domain, rendering.EnvironmentOf(Wiring.Gateway)[Wiring.Variables.RootDomain]);
        Assert.Equal((string[])[domain, $"*.{domain}"], ingress.TextAt("spec/rules/host"));
        Assert.Equal((string[])[domain, $"*.{domain}"], ingress.TextAt("spec/tls/hosts"));
        Assert.Equal((string[])[Wiring.Gateway, Wiring.Gateway], ingress.TextAt("spec/rules/http/paths/backend/service/name"));
        Assert.NotNull(ingress["metadata"]!["annotations"]!["cert-manager.io/cluster-issuer"]);
        Assert.Equal("true", rendering.EnvironmentOf(Wiring.Gateway)["ASPNETCORE_FORWARDEDHEADERS_ENABLED"]);
    }
}

internal static class Many
{
    public static IEnumerable<string> TextsAt(this IEnumerable<JsonNode> items, string path) => items.SelectMany(item => item.TextAt(path));
}
