namespace WebWaka.Tool.Verify;

/// <summary>I1: what was answered 201 is stored, once, as it was answered.</summary>
internal static class Acknowledged
{
    public static readonly Invariant[] All =
    [
        Invariant.Of("I1", "acknowledged but not stored", """
            SELECT i.tenant_id || ' ' || (i.body::jsonb->>'id') AS example, s.id IS NULL AS wrong
            FROM transaction.idempotency i LEFT JOIN transaction.sale s ON s.tenant_id = i.tenant_id AND s.id = (i.body::jsonb->>'id')::uuid
            WHERE i.route = 'sales' AND i.status = 201
            """),
        Invariant.Of("I1", "stored otherwise than acknowledged", """
            SELECT s.id::text AS example, ((a->>'total')::bigint, (a->>'due')::bigint, a->>'currency', coalesce(a->>'number', s.number, ''))
                IS DISTINCT FROM (s.total, s.due, s.currency, coalesce(s.number, '')) AS wrong
            FROM transaction.idempotency i CROSS JOIN LATERAL (SELECT i.body::jsonb AS a) answer
            JOIN transaction.sale s ON s.tenant_id = i.tenant_id AND s.id = (a->>'id')::uuid
            WHERE i.route = 'sales' AND i.status = 201
            """),
        Invariant.Of("I1", "a refund acknowledged but not stored", """
            SELECT i.tenant_id || ' ' || (i.body::jsonb->>'id') AS example, r.id IS NULL AS wrong
            FROM transaction.idempotency i LEFT JOIN transaction.refund r ON r.tenant_id = i.tenant_id AND r.id = (i.body::jsonb->>'id')::uuid
                AND r.number = i.body::jsonb->>'number' AND r.total = (i.body::jsonb->>'total')::bigint
            WHERE i.route = 'refunds' AND i.status = 201
            """),
        Invariant.Of("I1", "one id, two sales", "SELECT id::text AS example, count(*) > 1 AS wrong FROM transaction.sale GROUP BY tenant_id, id"),
        Invariant.Of("I1", "a sale whose number does not fit its state", """
            SELECT id::text AS example, CASE state WHEN 'completed' THEN number IS NULL WHEN 'awaitingPayment' THEN number IS NOT NULL ELSE state <> 'voided'
                END OR (number IS NULL) <> (seq IS NULL) AS wrong
            FROM transaction.sale
            """),
        Invariant.Of("I1", "a sale whose document is another's", """
            SELECT id::text AS example, (document->>'saleId', document->>'number', document->>'tillId', document->>'currency')
                IS DISTINCT FROM (id::text, coalesce(number, ''), till_id::text, currency) AS wrong
            FROM (SELECT id, number, till_id, currency, document::jsonb AS document FROM transaction.sale OFFSET 0) s
            """),
    ];
}
