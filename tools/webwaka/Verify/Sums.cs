using static WebWaka.Tool.Verify.Invariants;

namespace WebWaka.Tool.Verify;

/// <summary>I6: every part adds up to its whole, to the minor unit: line, fee, document, row, journal, day.</summary>
internal static class Sums
{
    private static string Of(string expression, string from) => $"(SELECT coalesce(sum(({expression})::bigint), 0) FROM jsonb_array_elements({from}) x)";

    private static string Document(string member) => $"(s.document->>'{member}')::numeric";

    private static readonly string Fees = $"""
        CROSS JOIN LATERAL (
            SELECT coalesce(sum((fee->>'net')::bigint), 0) AS net, coalesce(sum((fee->>'total')::bigint), 0) AS total, coalesce(sum(tax), 0) AS tax,
                count(*) FILTER (WHERE (fee->>'net')::bigint + tax IS DISTINCT FROM (fee->>'total')::bigint) AS odd
            FROM jsonb_array_elements(s.document->'fees') fee CROSS JOIN LATERAL (SELECT {Of("x->>'amount'", "fee->'taxes'")} AS tax) t) f
        """;

    /// <summary>
    /// A line: what was taken off leaves the net and the taxes that the price contained, and the net and all taxes make the total.
    /// </summary>
    private static string Whole(string lineDiscount, string oddLine) => $"""
        SELECT s.id::text AS example, (d.gross, d.discount, d.net, d.tax + f.tax, d.total + f.total) IS DISTINCT FROM
            ({Document("gross")}, {Document("discount")}, {Document("net")}, {Document("tax")}, {Document("total")}) OR d.odd > 0 OR f.odd > 0 AS wrong
        FROM things s
        CROSS JOIN LATERAL (
            SELECT coalesce(sum((item->>'gross')::bigint), 0) AS gross, coalesce(sum(discount), 0) AS discount, coalesce(sum((item->>'net')::bigint), 0) AS net,
                coalesce(sum(tax), 0) AS tax, coalesce(sum((item->>'total')::bigint), 0) AS total, count(*) FILTER (WHERE ({oddLine}) IS NOT FALSE) AS odd
            FROM jsonb_array_elements(s.document->'lines') item CROSS JOIN LATERAL (
                SELECT {lineDiscount} AS discount, {Of("x->>'amount'", "item->'taxes'")} AS tax,
                    {Of("CASE WHEN (x->>'included')::boolean THEN x->>'amount' ELSE '0' END", "item->'taxes'")} AS included) parts) d
        {Fees}
        """;

    private const string OddLine =
        "(item->>'net')::bigint + tax <> (item->>'total')::bigint OR (item->>'gross')::bigint - discount <> (item->>'net')::bigint + included";

    public static readonly Invariant[] All =
    [
        Invariant.Of("I6", "a sale whose parts do not sum",
            Whole(Of("x->>'amount'", "item->'discounts'"), OddLine).Replace("things s", $"({Told}) s", StringComparison.Ordinal)),
        Invariant.Of("I6", "a refund whose parts do not sum",
            Whole("(item->>'discount')::bigint", OddLine).Replace("things s", "transaction.refund s", StringComparison.Ordinal)),
        Invariant.Of("I6", "a refund whose tenders do not make its due", $"""
            SELECT s.id::text AS example, ({Of("x->>'amount'", "s.document->'tenders'")}, {Document("total")} + {Document("rounding")})
                IS DISTINCT FROM ({Document("due")}, {Document("due")}) AS wrong
            FROM transaction.refund s
            """),
        Invariant.Of("I6", "a row that says another amount than its document", $"""
            SELECT 'sale ' || s.id AS example, (s.total::numeric, s.due::numeric) IS DISTINCT FROM ({Document("total")}, {Document("due")}) AS wrong
            FROM (SELECT id, total, due, document::jsonb AS document FROM transaction.sale OFFSET 0) s
            UNION ALL
            SELECT 'refund ' || s.id, s.total IS DISTINCT FROM {Document("total")} FROM transaction.refund s
            UNION ALL
            SELECT 'journal ' || s.kind || ' ' || s.thing_id, s.total IS DISTINCT FROM {Document("total")}
            FROM history.journal s WHERE s.kind IN ('sale', 'void', 'refund')
            """),
        Invariant.Of("I6", "a day's sums that are not those of its documents", $"""
            SELECT coalesce(d.business_date, j.day) || ' till ' || coalesce(d.till_id, j.till_id) AS example,
                (d.sales, d.gross, d.discount, d.net, d.tax, d.total, d.voids, d.voided, d.refunds, d.refund_gross, d.refund_discount, d.refund_net,
                d.refund_tax, d.refund_total)::text IS DISTINCT FROM j.sums AS wrong
            FROM history.daily_sales d FULL JOIN (
                SELECT tenant_id, (document->>'businessDate')::date AS day, store_id, till_id, currency, (count(*) FILTER (WHERE sold),
                    {Day("sold", "gross", "discount", "net", "tax", "total")}, count(*) FILTER (WHERE voided), {Day("voided", "total")},
                    count(*) FILTER (WHERE kind = 'refund'), {Day("kind = 'refund'", "gross", "discount", "net", "tax", "total")})::text AS sums
                FROM (SELECT e.*, kind = 'sale' AND v.gone IS NULL AS sold, kind = 'sale' AND v.gone IS NOT NULL AS voided
                    FROM history.journal e LEFT JOIN LATERAL (SELECT true AS gone FROM history.journal v
                        WHERE v.tenant_id = e.tenant_id AND v.kind = 'void' AND v.thing_id = e.thing_id) v ON true
                    WHERE e.kind IN ('sale', 'refund')) told
                GROUP BY 1, 2, 3, 4, 5) j
            ON j.tenant_id = d.tenant_id AND j.day = d.business_date AND j.store_id = d.store_id AND j.till_id = d.till_id AND j.currency = d.currency
            """),
    ];

    private static string Day(string which, params string[] members) => string.Join(", ", members.Select(
        member => $"coalesce(sum((document->>'{member}')::bigint) FILTER (WHERE {which}), 0)"));
}
