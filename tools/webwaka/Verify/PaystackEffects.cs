namespace WebWaka.Tool.Verify;

/// <summary>I8: however often Paystack tells of it, money settles one payment, pays one tender and is booked once.</summary>
internal static class PaystackEffects
{
    public static readonly Invariant[] All =
    [
        Invariant.Of("I8", "a tender with other than one settled payment", """
            SELECT p.sale_id || ' tender ' || p.tender AS example, y.id IS NULL AS wrong
            FROM transaction.pending_tender p LEFT JOIN payments.payment y ON y.tenant_id = p.tenant_id AND y.id = p.payment_id AND y.state = 'settled'
                AND y.amount = p.amount AND y.currency = p.currency AND y.sale_id = p.sale_id AND y.tender = p.tender
            WHERE p.settled_at IS NOT NULL
            """),
        Invariant.Of("I8", "a payment in two places", """
            SELECT payment_id::text AS example, count(*) > 1 AS wrong FROM (
                SELECT p.tenant_id, p.payment_id FROM transaction.pending_tender p JOIN transaction.sale s ON s.tenant_id = p.tenant_id AND s.id = p.sale_id
                    WHERE p.payment_id IS NOT NULL AND s.state <> 'voided'
                UNION ALL SELECT tenant_id, payment_id FROM transaction.late_payment
                UNION ALL SELECT tenant_id, payment_id FROM transaction.parked_payment) place GROUP BY tenant_id, payment_id
            """),
        Invariant.Of("I8", "a settled payment that is neither in its sale nor before a person", """
            SELECT y.id::text AS example, NOT EXISTS (SELECT FROM transaction.pending_tender p WHERE p.tenant_id = y.tenant_id AND p.payment_id = y.id)
                AND NOT EXISTS (SELECT FROM transaction.late_payment l WHERE l.tenant_id = y.tenant_id AND l.payment_id = y.id)
                AND NOT EXISTS (SELECT FROM transaction.parked_payment k WHERE k.tenant_id = y.tenant_id AND k.payment_id = y.id) AS wrong
            FROM payments.payment y WHERE y.state = 'settled'
            """),
        Invariant.Of("I8", "money of a sale that was given up, and not before a person", """
            SELECT p.sale_id || ' tender ' || p.tender AS example,
                NOT EXISTS (SELECT FROM transaction.late_payment l WHERE l.tenant_id = p.tenant_id AND l.payment_id = p.payment_id) AS wrong
            FROM transaction.pending_tender p JOIN transaction.sale s ON s.tenant_id = p.tenant_id AND s.id = p.sale_id
            WHERE p.settled_at IS NOT NULL AND s.state = 'voided' AND s.number IS NULL
            """),
        Invariant.Of("I8", "a completed sale with a tender that was not settled", """
            SELECT p.sale_id || ' tender ' || p.tender AS example, p.settled_at IS NULL AS wrong
            FROM transaction.pending_tender p JOIN transaction.sale s ON s.tenant_id = p.tenant_id AND s.id = p.sale_id WHERE s.number IS NOT NULL
            """),
        Invariant.Of("I8", "a settled payment that is not booked once with its amount", """
            SELECT y.id::text AS example, (SELECT array_agg(l.amount) FROM payments.ledger_entry l WHERE l.tenant_id = y.tenant_id
                AND l.source_kind = 'payment' AND l.source_id = y.id AND l.account = 'paystack_clearing') IS DISTINCT FROM ARRAY[-y.amount] AS wrong
            FROM payments.payment y WHERE y.state = 'settled'
            """),
        Invariant.Of("I8", "booked, and no such payment or refund of one", """
            SELECT l.source_kind || ' ' || l.source_id AS example, NOT EXISTS (SELECT FROM payments.payment y WHERE y.tenant_id = l.tenant_id
                AND y.id = l.source_id AND l.source_kind = 'payment' AND y.state IN ('settled', 'needsReview'))
                AND NOT EXISTS (SELECT FROM payments.refund_request q WHERE q.tenant_id = l.tenant_id AND q.id = l.source_id
                    AND l.source_kind = 'paystackRefund' AND q.state = 'processed') AS wrong
            FROM (SELECT DISTINCT tenant_id, source_kind, source_id FROM payments.ledger_entry WHERE source_kind IN ('payment', 'paystackRefund')) l
            """),
        Invariant.Of("I8", "a refund that Paystack has done, not booked once with its amount", """
            SELECT q.id::text AS example, (SELECT array_agg(l.amount) FROM payments.ledger_entry l WHERE l.tenant_id = q.tenant_id
                AND l.source_kind = 'paystackRefund' AND l.source_id = q.id
                AND l.account = CASE q.source_kind WHEN 'return' THEN 'unapplied_receipts' ELSE 'paystack_clearing' END)
                    IS DISTINCT FROM ARRAY[q.amount] AS wrong
            FROM payments.refund_request q WHERE q.state = 'processed'
            """),
        Invariant.Of("I8", "one transaction of Paystack's, two payments or refunds of ours", """
            SELECT 'payment ' || transaction_id AS example, count(*) > 1 AS wrong FROM payments.payment WHERE transaction_id IS NOT NULL GROUP BY transaction_id
            UNION ALL
            SELECT 'refund ' || paystack_refund_id, count(*) > 1 FROM payments.refund_request WHERE paystack_refund_id IS NOT NULL GROUP BY paystack_refund_id
            """),
        Invariant.Of("I8", "a webhook event stored twice", """
            SELECT event || ' ' || data_id AS example, count(*) > 1 AS wrong FROM payments.webhook_event
            WHERE event NOT LIKE 'refund.%' AND data_id IS NOT NULL GROUP BY door, domain, event, data_id
            """),
    ];
}
