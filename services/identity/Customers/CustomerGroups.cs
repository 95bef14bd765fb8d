namespace WebWaka.Identity.Customers;

/// <summary>The groups of a customer as a request names them.</summary>
internal static class CustomerGroups
{
    private const int Most = 20;
    private const int Longest = 40;

    public static string? Fault(string[]? groups)
    {
        if (groups is null)
            return null;
        if (groups.Length > Most)
            return $"groups: at most {Most}";
        for (var i = 0; i < groups.Length; i++)
        {
            if (Rules.Text($"groups[{i}]", groups[i], Longest) is { } fault)
                return fault;
        }

        return null;
    }

    /// <summary>Promotions compare them by character, so what people type around and twice must not count.</summary>
    public static string[] Tidied(string[]? groups) =>
        [.. (groups ?? []).Select(group => group.Trim()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
