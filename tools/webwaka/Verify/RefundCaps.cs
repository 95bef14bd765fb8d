namespace WebWaka.Tool.Verify;

/// <summary>I7: refunds of one sale together, in money, by line, and by the payment that took the money.</summary>
internal static class RefundCaps
{
    public static readonly Invariant[] All =
    [
        Invariant.Of("I7", "more refunded than the sale's total", Together("sum(r.total) > s.total")),
        Invariant.Of("I7", "more given back than was paid", Together("sum((r.document->>'due')::bigint) > s.due")),
        Invariant.Of("I7", "a refund of a sale that never was or was voided", """
            SELECT r.id::text AS example, s.state IS DISTINCT FROM 'completed' AS wrong
            FROM transaction.refund r LEFT JOIN transaction.sale s ON s.tenant_id = r.tenant_id AND s.id = r.sale_id
            """),
        Invariant.Of("I7", "more of a line refunded than was sold", """
            SELECT r.sale_id || ' line ' || r.line AS example, abs(r.quantity) > abs((sold.item->>'quantity')::numeric)
                OR abs(r.total) > abs((sold.item->>'total')::bigint) OR sold.item IS NULL AS wrong
            FROM (SELECT refund.tenant_id, refund.sale_id, item->>'line' AS line, sum((item->>'quantity')::numeric) AS quantity,
                    sum((item->>'total')::bigint) AS total
                FROM transaction.refund, jsonb_array_elements(refund.document->'lines') item GROUP BY 1, 2, 3) r
            LEFT JOIN LATERAL (SELECT item FROM transaction.sale s, jsonb_array_elements(s.document::jsonb->'lines') item
                WHERE s.tenant_id = r.tenant_id AND s.id = r.sale_id AND item->>'line' = r.line) sold ON true
            """),
        Invariant.Of("I7", "more of a fee given back than was charged", """
            SELECT r.sale_id || ' ' || r.code AS example, r.total > coalesce((SELECT sum((fee->>'total')::bigint) FROM transaction.sale s,
                jsonb_array_elements(s.document::jsonb->'fees') fee WHERE s.tenant_id = r.tenant_id AND s.id = r.sale_id AND fee->>'code' = r.code), 0) AS wrong
            FROM (SELECT refund.tenant_id, refund.sale_id, fee->>'code' AS code, sum((fee->>'total')::bigint) AS total
                FROM transaction.refund, jsonb_array_elements(refund.document->'fees') fee GROUP BY 1, 2, 3) r
            """),
        Invariant.Of("I7", "more asked back of a payment than it took", """
            SELECT q.payment_id::text AS example, sum(q.amount) > coalesce(p.received, p.amount) AS wrong
            FROM payments.refund_request q LEFT JOIN payments.payment p
                ON p.tenant_id = q.tenant_id AND p.id = q.payment_id AND p.state IN ('settled', 'needsReview')
            WHERE q.payment_id IS NOT NULL AND q.state <> 'failed' GROUP BY q.tenant_id, q.payment_id, p.received, p.amount
            """),
    ];

    private static string Together(string wrong) => $"""
        SELECT s.id::text AS example, {wrong} AS wrong
        FROM transaction.refund r JOIN transaction.sale s ON s.tenant_id = r.tenant_id AND s.id = r.sale_id GROUP BY s.tenant_id, s.id, s.total, s.due
        """;
}
