namespace WebWaka.Tool.Db.Compare;

/// <summary>What a database has too little, too much, or otherwise: pure.</summary>
internal static class Differences
{
    /// <summary>One line each. Of a table or schema that is missing or too much, that alone is said and not all that is in it.</summary>
    public static IReadOnlyList<string> Between(IReadOnlyList<Fact> expected, IReadOnlyList<Fact> actual)
    {
        var should = expected.ToDictionary(fact => (fact.Kind, fact.Name));
        var found = actual.ToDictionary(fact => (fact.Kind, fact.Name));
        var missing = expected.Where(fact => !found.ContainsKey((fact.Kind, fact.Name))).ToList();
        var extra = actual.Where(fact => !should.ContainsKey((fact.Kind, fact.Name))).ToList();
        var gone = Containers(missing);
        var foreign = Containers(extra);
        return
        [
            .. missing.Where(fact => !Inside(fact, gone)).Select(fact => $"missing: {fact.Kind} {fact.Name} ({fact.Short})"),
            .. extra.Where(fact => !Inside(fact, foreign)).Select(fact => $"too much: {fact.Kind} {fact.Name} ({fact.Short})"),
            .. expected.Where(fact => found.TryGetValue((fact.Kind, fact.Name), out var other) && other.Is != fact.Is)
                .Select(fact => $"differs: {fact.Kind} {fact.Name}: {found[(fact.Kind, fact.Name)].Short}; expected: {fact.Short}"),
        ];
    }

    private static HashSet<string> Containers(List<Fact> facts) =>
        [.. facts.Where(fact => fact.Kind is "schema" or "table" or "view" or "materialized view" or "foreign table" or "sequence" or "composite type")
            .Select(fact => fact.Name)];

    private static bool Inside(Fact fact, HashSet<string> containers) =>
        fact.Within is { } within && fact.Name != within && (containers.Contains(within) || containers.Contains(within.Split('.')[0]))
        || fact.Kind == "row-level security" && containers.Contains(fact.Name);
}
