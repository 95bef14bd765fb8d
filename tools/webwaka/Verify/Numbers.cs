namespace WebWaka.Tool.Verify;

/// <summary>I4: each till's series counts from one to where the till stands, each number once, and the number says its place.</summary>
internal static class Numbers
{
    public static readonly Invariant[] All =
    [
        Invariant.Of("I4", "sale numbers with a gap or a repeat", Series("sale", "S", "sale_seq")),
        Invariant.Of("I4", "refund numbers with a gap or a repeat", Series("refund", "R", "refund_seq")),
        Invariant.Of("I4", "a number that is not its place in the series", """
            SELECT number AS example, number NOT LIKE '%' || lpad(seq::text, greatest(8, length(seq::text)), '0') AS wrong
            FROM transaction.sale WHERE number IS NOT NULL
            UNION ALL
            SELECT number, number NOT LIKE '%R' || lpad(seq::text, greatest(7, length(seq::text)), '0') FROM transaction.refund
            """),
    ];

    /// <summary>The server's own series must end where the till stands; any other only has no gap and no repeat.</summary>
    private static string Series(string table, string own, string reached) => $"""
        SELECT coalesce(n.till_id, t.till_id) || ' ' || coalesce(n.series, '{own}') AS example,
            (coalesce(n.distinct_seqs, 0), coalesce(n.last, 0), coalesce(n.numbers, 0)) 
                IS DISTINCT FROM (coalesce(n.count, 0), coalesce(n.count, 0), coalesce(n.count, 0))
            OR coalesce(n.first, 1) <> 1 OR coalesce(n.series, '{own}') = '{own}' AND coalesce(n.count, 0) IS DISTINCT FROM t.{reached} AS wrong
        FROM (SELECT tenant_id, till_id, series, count(*) AS count, count(DISTINCT seq) AS distinct_seqs, 
                min(seq) AS first, max(seq) AS last, count(DISTINCT number) AS numbers
            FROM transaction.{table} WHERE number IS NOT NULL GROUP BY tenant_id, till_id, series) n
        FULL JOIN transaction.till_state t ON t.tenant_id = n.tenant_id AND t.till_id = n.till_id
        """;
}
