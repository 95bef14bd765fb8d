using System.Text.Json;

namespace WebWaka.Pricing.Tests;

/// <summary>The worked examples, by id.</summary>
internal static class Vectors
{
    public static IReadOnlyDictionary<string, JsonElement> Tax { get; } = Load("tax.json");

    public static IReadOnlyDictionary<string, JsonElement> Pos { get; } = Load("pos.json");

    public static TheoryData<string> Ids(IReadOnlyDictionary<string, JsonElement> vectors, string? category = null, params string[] except)
    {
        var ids = new TheoryData<string>();
        foreach (var (id, vector) in vectors)
            if ((category is null || vector.GetProperty("category").GetString() == category) && !except.Contains(id,
                StringComparer.Ordinal)) ids.Add(id);
        return ids;
    }

    static Dictionary<string, JsonElement> Load(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", file)));
        return document.RootElement.GetProperty("vectors").EnumerateArray()
            .ToDictionary(v => v.GetProperty("id").GetString()!, v => v.Clone(), StringComparer.Ordinal);
    }
}
