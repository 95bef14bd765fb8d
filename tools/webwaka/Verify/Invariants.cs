namespace WebWaka.Tool.Verify;

/// <summary>One question to the database. The SQL answers one row: how many were checked, how many are wrong, an example.</summary>
/// <param name="Name">I1 to I10 of the design; several checks may make up one.</param>
/// <param name="What">What is wrong with the example.</param>
internal sealed record Invariant(string Name, string Statement, string What, string Sql);

/// <summary>The invariants as queries over one database. I9, the audit chain, needs hashing and is in Verification.cs.</summary>
internal static class Invariants
{
    public static readonly Invariant[] All =
    [
        new("I1", "an acknowledged sale is never lost, and the same id never makes two", "acknowledged but not stored", Count("""
            SELECT i.tenant_id || ' ' || (i.body::jsonb->>'id') AS example, s.id IS NULL AS wrong
            FROM transaction.idempotency i LEFT JOIN transaction.sale s ON s.tenant_id = i.tenant_id AND s.id = (i.body::jsonb->>'id')::uuid
            WHERE i.route = 'sales' AND i.status = 201
            """)),
        new("I2", "each completed sale has one journal entry, one movement per stocked line, one redemption per promotion; its tenders make its due", "not once in the journal", Count($"""
            SELECT s.id::text AS example, (SELECT count(*) FROM history.journal j WHERE j.tenant_id = s.tenant_id AND j.kind = 'sale' AND j.thing_id = s.id) <> 1 AS wrong
            FROM ({Told}) s
            """)),
        new("I2", "", "a stocked line without its one movement", Count($"""
            SELECT s.id || ' line ' || (item->>'line') AS example,
                (SELECT count(*) FROM inventory.stock_movement m WHERE m.tenant_id = s.tenant_id AND m.kind = 'sale' AND m.source_id = s.id AND m.line = (item->>'line')::int
                    AND m.product_id = (item->>'productId')::uuid AND m.quantity = -(item->>'quantity')::numeric) <> 1 AS wrong
            FROM ({Told}) s, jsonb_array_elements(s.document->'lines') item WHERE (item->>'stocked')::boolean AND item->>'productId' IS NOT NULL
            """)),
        new("I2", "", "a movement of a sale that is not there", Count("""
            SELECT m.source_id || ' line ' || m.line AS example, s.id IS NULL AS wrong
            FROM inventory.stock_movement m LEFT JOIN transaction.sale s ON s.tenant_id = m.tenant_id AND s.id = m.source_id AND s.number IS NOT NULL
            WHERE m.kind = 'sale'
            """)),
        new("I2", "", "a promotion without its one redemption", Count($"""
            SELECT s.id || ' ' || (r->>'promotionId') AS example,
                (SELECT count(*) FROM promotions.redemption d WHERE d.tenant_id = s.tenant_id AND d.sale_id = s.id AND d.promotion_id = (r->>'promotionId')::uuid
                    AND d.coupon = coalesce(r->>'coupon', '') AND NOT d.reversal) <> 1 AS wrong
            FROM ({Told}) s, jsonb_array_elements(s.document->'redemptions') r
            """)),
        new("I2", "", "a coupon's uses that are not those of its sales", Count("""
            SELECT c.code AS example, c.used <>
                (SELECT count(*) FROM transaction.sale s WHERE s.tenant_id = c.tenant_id AND s.state <> 'voided'
                    AND s.document::jsonb->'redemptions' @> jsonb_build_array(jsonb_build_object('coupon', c.code)))
                - (SELECT count(*) FROM transaction.refund r WHERE r.tenant_id = c.tenant_id
                    AND r.document->'redemptions' @> jsonb_build_array(jsonb_build_object('coupon', c.code))) AS wrong
            FROM transaction.coupon c
            """)),
        new("I2", "", "tenders that do not make the due", Count($"""
            SELECT s.id::text AS example,
                (SELECT coalesce(sum((t->>'amount')::bigint), 0) FROM jsonb_array_elements(s.document->'tenders') t) <> (s.document->>'due')::bigint
                OR (SELECT coalesce(sum((t->>'tendered')::bigint), 0) FROM jsonb_array_elements(s.document->'tenders') t) - (s.document->>'change')::bigint <> (s.document->>'due')::bigint
                OR (s.document->>'total')::bigint + (s.document->>'rounding')::bigint <> (s.document->>'due')::bigint AS wrong
            FROM ({Told}) s
            """)),
        new("I2", "", "a journal of the ledger that does not sum to zero", Count("""
            SELECT source_kind || ' ' || source_id AS example, sum(amount) <> 0 AS wrong FROM payments.ledger_entry GROUP BY tenant_id, source_kind, source_id, currency
            """)),
        new("I3", "movements sum to on-hand", "on hand is not the sum of movements", Count("""
            SELECT coalesce(l.store_id, m.store_id) || ' ' || coalesce(l.product_id, m.product_id) AS example, coalesce(l.on_hand, 0) <> coalesce(m.quantity, 0) AS wrong
            FROM inventory.stock_level l FULL JOIN (
                SELECT tenant_id, store_id, product_id, sum(quantity) AS quantity FROM inventory.stock_movement GROUP BY tenant_id, store_id, product_id) m
            ON m.tenant_id = l.tenant_id AND m.store_id = l.store_id AND m.product_id = l.product_id
            """)),
        new("I4", "receipt numbers per till have no gap and no repeat", "sale numbers with a gap or a repeat", Count("""
            SELECT t.till_id::text AS example, (count(s.seq), coalesce(max(s.seq), 0), count(DISTINCT s.number)) <> (t.sale_seq, t.sale_seq, t.sale_seq) AS wrong
            FROM transaction.till_state t LEFT JOIN transaction.sale s ON s.tenant_id = t.tenant_id AND s.till_id = t.till_id AND s.seq IS NOT NULL
            GROUP BY t.tenant_id, t.till_id, t.sale_seq
            """)),
        new("I4", "", "refund numbers with a gap or a repeat", Count("""
            SELECT t.till_id::text AS example, (count(r.seq), coalesce(max(r.seq), 0), count(DISTINCT r.number)) <> (t.refund_seq, t.refund_seq, t.refund_seq) AS wrong
            FROM transaction.till_state t LEFT JOIN transaction.refund r ON r.tenant_id = t.tenant_id AND r.till_id = t.till_id
            GROUP BY t.tenant_id, t.till_id, t.refund_seq
            """)),
        new("I5", "no tenant sees another's row: row-level security is forced, by both policies, on every tenant's table", "a table that is not guarded", Count("""
            SELECT c.oid::regclass::text AS example,
                NOT (c.relrowsecurity AND c.relforcerowsecurity
                    AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL AND (n.nspname || '_app')::regrole = ANY (p.polroles))
                    AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL AND (n.nspname || '_app')::regrole = ANY (p.polroles))) AS wrong
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND EXISTS (SELECT FROM pg_roles WHERE rolname = n.nspname || '_app')
                AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
                AND c.relname NOT IN ('payment_reference', 'sweep_turn')
            """)),
        new("I5", "", "a role that row-level security does not bind", Count("""
            SELECT rolname::text AS example, rolsuper OR rolbypassrls AS wrong FROM pg_roles WHERE rolname ~ '_(app|relay)$'
            """)),
        new("I6", "lines, discounts, taxes and fees sum to the document to the minor unit", "a sale whose parts do not sum", Count($"""
            SELECT s.id::text AS example, (d.gross, d.discount, d.net, d.tax + f.tax, d.total + f.total) IS DISTINCT FROM
                ((s.document->>'gross')::numeric, (s.document->>'discount')::numeric, (s.document->>'net')::numeric, (s.document->>'tax')::numeric, (s.document->>'total')::numeric)
                OR d.odd > 0 AS wrong
            FROM ({Told}) s
            CROSS JOIN LATERAL (
                SELECT coalesce(sum((item->>'gross')::bigint), 0) AS gross, coalesce(sum(parts.discount), 0) AS discount, coalesce(sum((item->>'net')::bigint), 0) AS net,
                    coalesce(sum(parts.tax), 0) AS tax, coalesce(sum((item->>'total')::bigint), 0) AS total,
                    count(*) FILTER (WHERE (item->>'net')::bigint + parts.tax <> (item->>'total')::bigint) AS odd
                FROM jsonb_array_elements(s.document->'lines') item CROSS JOIN LATERAL (
                    SELECT (SELECT coalesce(sum((x->>'amount')::bigint), 0) FROM jsonb_array_elements(item->'discounts') x) AS discount,
                        (SELECT coalesce(sum((x->>'amount')::bigint), 0) FROM jsonb_array_elements(item->'taxes') x) AS tax) parts) d
            CROSS JOIN LATERAL (
                SELECT coalesce(sum((fee->>'total')::bigint), 0) AS total,
                    coalesce(sum((SELECT coalesce(sum((x->>'amount')::bigint), 0) FROM jsonb_array_elements(fee->'taxes') x)), 0) AS tax
                FROM jsonb_array_elements(s.document->'fees') fee) f
            """)),
        new("I7", "refunds never exceed what was sold or paid", "more refunded than the sale's total", Count("""
            SELECT s.id::text AS example, sum(r.total) > s.total AS wrong
            FROM transaction.refund r JOIN transaction.sale s ON s.tenant_id = r.tenant_id AND s.id = r.sale_id GROUP BY s.tenant_id, s.id, s.total
            """)),
        new("I7", "", "more given back than was paid", Count("""
            SELECT s.id::text AS example, sum((r.document->>'due')::bigint) > s.due AS wrong
            FROM transaction.refund r JOIN transaction.sale s ON s.tenant_id = r.tenant_id AND s.id = r.sale_id GROUP BY s.tenant_id, s.id, s.due
            """)),
        new("I7", "", "more of a line refunded than was sold", Count("""
            SELECT r.sale_id || ' line ' || r.line AS example, r.quantity > (
                SELECT (sold->>'quantity')::numeric FROM transaction.sale s, jsonb_array_elements(s.document::jsonb->'lines') sold
                WHERE s.tenant_id = r.tenant_id AND s.id = r.sale_id AND sold->>'line' = r.line) AS wrong
            FROM (SELECT refund.tenant_id, refund.sale_id, item->>'line' AS line, sum((item->>'quantity')::numeric) AS quantity
                FROM transaction.refund, jsonb_array_elements(refund.document->'lines') item GROUP BY 1, 2, 3) r
            """)),
        new("I8", "one Paystack event has at most one effect", "a tender with other than one settled payment", Count("""
            SELECT p.sale_id || ' tender ' || p.tender AS example, count(*) <> 1 AS wrong
            FROM transaction.pending_tender p LEFT JOIN payments.payment y ON y.tenant_id = p.tenant_id AND y.id = p.payment_id AND y.state = 'settled' AND y.amount = p.amount
            WHERE p.settled_at IS NOT NULL GROUP BY p.tenant_id, p.sale_id, p.tender HAVING true
            """)),
        new("I8", "", "a settled payment that is neither in its sale nor before a person", Count("""
            SELECT y.id::text AS example, NOT EXISTS (SELECT FROM transaction.pending_tender p WHERE p.tenant_id = y.tenant_id AND p.payment_id = y.id)
                AND NOT EXISTS (SELECT FROM transaction.late_payment l WHERE l.tenant_id = y.tenant_id AND l.payment_id = y.id)
                AND NOT EXISTS (SELECT FROM transaction.parked_payment k WHERE k.tenant_id = y.tenant_id AND k.payment_id = y.id) AS wrong
            FROM payments.payment y WHERE y.state = 'settled'
            """)),
        new("I8", "", "money of a sale that was given up, and not before a person", Count("""
            SELECT p.sale_id || ' tender ' || p.tender AS example,
                NOT EXISTS (SELECT FROM transaction.late_payment l WHERE l.tenant_id = p.tenant_id AND l.payment_id = p.payment_id) AS wrong
            FROM transaction.pending_tender p JOIN transaction.sale s ON s.tenant_id = p.tenant_id AND s.id = p.sale_id
            WHERE p.settled_at IS NOT NULL AND s.state = 'voided' AND s.number IS NULL
            """)),
        new("I8", "", "a webhook event stored twice", Count("""
            SELECT event || ' ' || data_id AS example, count(*) > 1 AS wrong FROM payments.webhook_event WHERE event NOT LIKE 'refund.%' AND data_id IS NOT NULL GROUP BY event, data_id
            """)),
        .. Wiring.Cells.Select(cell => new Invariant("I10", "at rest every outbox is empty and no error queue holds a message", $"waiting in {cell}", $"""
            SELECT (SELECT count(*) FROM {cell}.inbox),
                (SELECT count(*) FROM {cell}.outbox) + (SELECT count(*) FROM {cell}.outbox_delivery) + (SELECT count(*) FROM {cell}.dead_letter),
                coalesce((SELECT 'its outbox: ' || type || ' ' || event_id FROM {cell}.outbox LIMIT 1),
                    (SELECT 'for ' || cell || ': ' || type || ' ' || coalesce(error, '') FROM {cell}.outbox_delivery LIMIT 1),
                    (SELECT 'dead letter: ' || type || ' ' || event_id || ' ' || coalesce(error, '') FROM {cell}.dead_letter LIMIT 1))
            """)),
    ];

    /// <summary>Sales that the other Cells were told of: completed, and those voided after that. OFFSET 0: each document is parsed once.</summary>
    private const string Told = "SELECT tenant_id, id, document::jsonb AS document FROM transaction.sale WHERE number IS NOT NULL OFFSET 0";

    private static string Count(string rows) =>
        $"SELECT count(*), count(*) FILTER (WHERE wrong IS NOT FALSE), min(example) FILTER (WHERE wrong IS NOT FALSE) FROM ({rows}) checked";
}
