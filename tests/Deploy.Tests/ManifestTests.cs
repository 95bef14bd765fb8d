using System.Text.Json.Nodes;
using k8s;

namespace WebWaka.Deploy.Tests;

/// <summary>Every manifest is one that Kubernetes takes.</summary>
public sealed class ManifestTests
{
    /// <summary>
    /// Kinds of the operators: what their objects must say, and all that ours do say. Whole objects were checked against the
    /// operators' own schemas when they were written; a name that is misspelt later is noticed here.
    /// </summary>
    private static readonly Dictionary<string, (string Must, string May)> Operators = new(StringComparer.Ordinal)
    {
        ["postgresql.cnpg.io/v1/Cluster"] =
            ("instances storage", "imageName enableSuperuserAccess bootstrap walStorage postgresql affinity resources plugins"),
        ["postgresql.cnpg.io/v1/Pooler"] = ("cluster pgbouncer", "instances type"),
        ["postgresql.cnpg.io/v1/ScheduledBackup"] = ("cluster schedule", "immediate backupOwnerReference method pluginConfiguration"),
        ["barmancloud.cnpg.io/v1/ObjectStore"] = ("configuration", "retentionPolicy"),
        ["rabbitmq.com/v1beta1/RabbitmqCluster"] = ("replicas", "image persistence resources rabbitmq affinity"),
        ["redis.redis.opstreelabs.in/v1beta2/Redis"] = ("kubernetesConfig", "podSecurityContext securityContext"),
        ["external-secrets.io/v1/ExternalSecret"] = ("data secretStoreRef target", "refreshInterval"),
        ["keda.sh/v1alpha1/ScaledObject"] = ("scaleTargetRef triggers", "minReplicaCount maxReplicaCount"),
    };

    private static readonly string[] OperatorsImages = ["spec/imageName", "spec/image", "spec/kubernetesConfig/image"];

    public static TheoryData<string> Renderings => new(Kubernetes.Renderings);

    [Theory]
    [MemberData(nameof(Renderings))]
    public void Kubernetes_own_kinds_have_no_unknown_member(string rendering) => Offenders.None(
        from text in Kubernetes.Of(rendering).Texts
        let item = Yaml.One(text) where !Operators.ContainsKey(KindOf(item))
        let fault = Record.Exception(() => KubernetesYaml.LoadAllFromString(text, strict: true)) where fault is not null
        select $"{KindOf(item)} {item["metadata"]!["name"]}: {(fault.InnerException ?? fault).Message}", $"{rendering}: the API's types refuse it.");

    [Theory]
    [MemberData(nameof(Renderings))]
    public void Kubernetes_own_kinds_lack_no_member_and_have_its_types(string rendering) => Offenders.None(
        Kubernetes.Refused(Kubernetes.Of(rendering).Objects.Where(item => !Operators.ContainsKey(KindOf(item)))), $"{rendering}: the API's schema refuses it.");

    [Theory]
    [MemberData(nameof(Renderings))]
    public void The_operators_kinds_say_what_they_must_and_nothing_unknown(string rendering) => Offenders.None(
        from item in Kubernetes.Of(rendering).Objects
        where Operators.ContainsKey(KindOf(item))
        let spec = item["spec"]!.AsObject().Select(member => member.Key).ToList()
        let must = Operators[KindOf(item)].Must.Split(' ')
        let known = must.Concat(Operators[KindOf(item)].May.Split(' '))
        from fault in must.Except(spec).Select(name => $"lacks {name}").Concat(spec.Except(known).Select(name => $"has {name}"))
        select $"{KindOf(item)} {item["metadata"]!["name"]} {fault}", $"{rendering}: not as its operator knows it.");

    [Fact]
    public void Every_file_is_part_of_something()
    {
        var files = Directory.EnumerateFiles(Repository.Path("k8s"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path));
        Offenders.None(
            from file in files where Path.GetFileName(file) != "kustomization.yaml"
            let kustomization = Yaml.One(Repository.Read(Path.Combine(Path.GetDirectoryName(file)!, "kustomization.yaml")))
            where !kustomization.TextAt("resources").Concat(kustomization.TextAt("patches/path")).Contains(Path.GetFileName(file)) select file,
            "No kustomization.yaml names it: kubectl would leave it out.");
        var used = Kubernetes.Renderings.SelectMany(path => Yaml.One(Repository.Read($"{path}/kustomization.yaml")).TextAt("components"))
            .Select(path => Path.GetFileName(path)).ToHashSet();
        Offenders.None(
            Directory.EnumerateDirectories(Repository.Path("k8s/components")).Select(path => Path.GetFileName(path)!).Where(name => !used.Contains(name)),
            "No rendering has this component: it is never checked.");
    }

    [Theory]
    [MemberData(nameof(Renderings))]
    public void Every_image_has_a_version(string rendering)
    {
        var images = Kubernetes.Of(rendering).Pods.SelectMany(pod => Rendering.ContainersOf(pod.Template).TextsAt("image"))
            .Concat(OperatorsImages.SelectMany(path => Kubernetes.Of(rendering).Objects.TextsAt(path)));
        // The bare base has ours without one: whoever renders it names them.
        Offenders.None(
            images.Where(image => !rendering.EndsWith("managed", StringComparison.Ordinal) || !image.StartsWith("webwaka/", StringComparison.Ordinal))
                .Where(image => !image.Split('/')[^1].Contains(':', StringComparison.Ordinal) || image.EndsWith(":latest", StringComparison.Ordinal)),
            "Name its version: what runs must not depend on when it was pulled.");
    }

    private static string KindOf(JsonObject item) => $"{item["apiVersion"]}/{item["kind"]}";
}
