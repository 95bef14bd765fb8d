using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WebWaka.Pricing.Tests;

/// <summary>What the vectors' tests price, settle, refund and split, with the answers: the till's twin in TypeScript must give the same
/// bytes (web/src/pricing/vectors.test.ts).</summary>
public sealed class Twin
{
    static readonly AsyncLocal<List<string>?> Recording = new();

    static readonly JsonSerializerOptions Options = new(PricingJson.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static void Record(object step) => Recording.Value?.Add(JsonSerializer.Serialize(step, Options));

    /// <summary>With WRITE_VECTORS=1 it writes the file instead of holding it to the answers.</summary>
    [Fact]
    public void The_till_is_held_to_every_vector()
    {
        var lines = new List<string>();
        foreach (var (id, run) in Runs())
        {
            Recording.Value = [];
            run();
            lines.AddRange(Recording.Value.Select((step, at) => $"{{\"id\":\"{id}\",\"step\":{at},{step[1..]}"));
            Recording.Value = null;
        }

        var text = $"[\n{string.Join(",\n", lines)}\n]\n";
        var file = Path.Combine(Root(), "web", "src", "pricing", "testing", "vectors.json");
        if (Environment.GetEnvironmentVariable("WRITE_VECTORS") == "1") File.WriteAllText(file, text);
        Assert.Equal(File.ReadAllText(file), text);
    }

    /// <summary>Every theory and fact that has a vector, by the vector's id.</summary>
    static IEnumerable<(string Id, Action Run)> Runs()
    {
        Type[] classes = [typeof(TaxVectorTests), typeof(PosVectorTests), typeof(PosDocumentTests), typeof(PosPromotionTests), typeof(LoyaltyTests)];
        foreach (var test in classes.SelectMany(type => type.GetMethods().Select(method => (type, method))))
        {
            var (type, method) = test;
            if (method.GetCustomAttribute<MemberDataAttribute>() is { } data)
            {
                var ids = (TheoryData<string>)type.GetProperty(data.MemberName)!.GetValue(null)!;
                foreach (var row in ids) yield return (row.Data, () => method.Invoke(Activator.CreateInstance(type), [row.Data]));
            }
            else if (method.GetCustomAttribute<FactAttribute>() is not null && method.GetParameters().Length == 0)
            {
                yield return (method.Name, () => method.Invoke(Activator.CreateInstance(type), []));
            }
        }
    }

    internal static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "WebWakaPos.sln"))) at = at.Parent;
        return at.FullName;
    }
}
