using static WebWaka.Tool.Verify.Invariants;

namespace WebWaka.Tool.Verify;

/// <summary>I2 and I3: what sales, voids and refunds have done to the journal, the stock and the promotions, no more and no less.</summary>
internal static class Effects
{
    private const string Lines = "jsonb_array_elements(s.document->'lines') item";
    private const string Stocked = "(item->>'stocked')::boolean AND item->>'productId' IS NOT NULL";
    private const string Moved = "m.line = (item->>'line')::int AND m.product_id = (item->>'productId')::uuid";

    public static readonly Invariant[] All =
    [
        Invariant.Of("I2", "not once in the journal", $"""
            SELECT s.id::text AS example, (SELECT array_agg((j.number, j.total, j.currency)::text) FROM history.journal j
                WHERE j.tenant_id = s.tenant_id AND j.kind = 'sale' AND j.thing_id = s.id)
                IS DISTINCT FROM ARRAY[(s.number, s.total, s.currency)::text] AS wrong
            FROM ({Told}) s
            """),
        Invariant.Of("I2", "in the journal, and no such sale, void or refund", """
            SELECT j.kind || ' ' || j.thing_id AS example, CASE j.kind
                WHEN 'refund' THEN NOT EXISTS (SELECT FROM transaction.refund r WHERE r.tenant_id = j.tenant_id AND r.id = j.thing_id AND r.total = j.total)
                ELSE NOT EXISTS (SELECT FROM transaction.sale s WHERE s.tenant_id = j.tenant_id AND s.id = j.thing_id AND s.number IS NOT NULL
                    AND (j.kind = 'sale' OR s.state = 'voided')) END AS wrong
            FROM history.journal j WHERE j.kind IN ('sale', 'void', 'refund')
            """),
        Invariant.Of("I2", "a void that is not once in the journal", $"""
            SELECT s.id::text AS example, (SELECT count(*) FROM history.journal j
                WHERE j.tenant_id = s.tenant_id AND j.kind = 'void' AND j.thing_id = s.id) <> 1 AS wrong
            FROM ({Told}) s WHERE s.state = 'voided'
            """),
        Invariant.Of("I2", "a refund that is not once in the journal", """
            SELECT r.id::text AS example, (SELECT count(*) FROM history.journal j
                WHERE j.tenant_id = r.tenant_id AND j.kind = 'refund' AND j.thing_id = r.id) <> 1 AS wrong
            FROM transaction.refund r
            """),
        Invariant.Of("I2", "a stocked line without its one movement", $"""
            SELECT s.id || ' line ' || (item->>'line') AS example, (SELECT count(*) FROM inventory.stock_movement m WHERE m.tenant_id = s.tenant_id
                AND m.kind = 'sale' AND m.source_id = s.id AND {Moved} AND m.store_id = s.store_id AND m.quantity = -(item->>'quantity')::numeric) <> 1 AS wrong
            FROM ({Told}) s, {Lines} WHERE {Stocked}
            """),
        Invariant.Of("I2", "a voided line whose goods did not come back once", $"""
            SELECT s.id || ' line ' || (item->>'line') AS example, (SELECT count(*) FROM inventory.stock_movement m WHERE m.tenant_id = s.tenant_id
                AND m.kind = 'void' AND m.source_id = s.id AND {Moved} AND m.store_id = s.store_id AND m.quantity = (item->>'quantity')::numeric) <> 1 AS wrong
            FROM ({Told}) s, {Lines} WHERE {Stocked} AND s.state = 'voided'
            """),
        Invariant.Of("I2", "a refunded line whose goods did not come back once", """
            SELECT r.id || ' line ' || (item->>'line') AS example, (SELECT count(*) FROM inventory.stock_movement m WHERE m.tenant_id = r.tenant_id
                AND m.kind = 'return' AND m.source_id = r.id AND m.line = (item->>'line')::int AND m.product_id = (item->>'productId')::uuid
                AND m.store_id = (r.document->>'storeId')::uuid AND m.quantity = (item->>'quantity')::numeric) <> 1 AS wrong
            FROM transaction.refund r, jsonb_array_elements(r.document->'lines') item WHERE (item->>'restock')::boolean AND item->>'productId' IS NOT NULL
            """),
        Invariant.Of("I2", "stock moved for no line of a sale, void or refund", $"""
            SELECT m.kind || ' ' || m.source_id AS example, m.count > coalesce(CASE WHEN m.kind = 'return'
                THEN (SELECT count(*) FROM transaction.refund r, jsonb_array_elements(r.document->'lines') item
                    WHERE r.tenant_id = m.tenant_id AND r.id = m.source_id AND (item->>'restock')::boolean AND item->>'productId' IS NOT NULL)
                ELSE (SELECT count(*) FROM ({OneTold}) s, {Lines}
                    WHERE s.tenant_id = m.tenant_id AND s.id = m.source_id AND {Stocked} AND (m.kind = 'sale' OR s.state = 'voided')) END, 0) AS wrong
            FROM (SELECT tenant_id, kind, source_id, count(*) AS count FROM inventory.stock_movement
                WHERE kind IN ('sale', 'void', 'return') GROUP BY tenant_id, kind, source_id) m
            """),
        .. Promotions(),
        Invariant.Of("I3", "on hand is not the sum of movements", """
            SELECT coalesce(l.store_id, m.store_id) || ' ' || coalesce(l.product_id, m.product_id) AS example,
                coalesce(l.on_hand, 0) <> coalesce(m.quantity, 0) AS wrong
            FROM inventory.stock_level l FULL JOIN (
                SELECT tenant_id, store_id, product_id, sum(quantity) AS quantity FROM inventory.stock_movement GROUP BY tenant_id, store_id, product_id) m
            ON m.tenant_id = l.tenant_id AND m.store_id = l.store_id AND m.product_id = l.product_id
            """),
    ];

    private static Invariant[] Promotions() =>
    [
        Invariant.Of("I2", "a promotion that took off other than its redemption says", $"""
            SELECT s.id || ' ' || p.promotion AS example, p.given IS DISTINCT FROM p.said AS wrong
            FROM ({Told}) s CROSS JOIN LATERAL (
                SELECT promotion, sum(given) AS given, sum(said) AS said FROM (
                    SELECT x->>'promotion' AS promotion, (x->>'amount')::bigint AS given, NULL::bigint AS said
                    FROM {Lines}, jsonb_array_elements(item->'discounts') x WHERE x->>'promotion' IS NOT NULL
                    UNION ALL
                    SELECT r->>'promotionId', NULL, (r->>'amount')::bigint FROM jsonb_array_elements(s.document->'redemptions') r) parts GROUP BY promotion) p
            """),
        Invariant.Of("I2", "a promotion without its one redemption", $"""
            SELECT s.id || ' ' || (r->>'promotionId') AS example,
                (SELECT count(*) FROM promotions.redemption d
                    WHERE d.tenant_id = s.tenant_id AND d.sale_id = s.id AND d.promotion_id = (r->>'promotionId')::uuid
                    AND d.coupon = upper(coalesce(r->>'coupon', '')) AND d.amount = (r->>'amount')::bigint AND NOT d.reversal) <> 1 AS wrong
            FROM ({Told}) s, jsonb_array_elements(s.document->'redemptions') r
            """),
        Invariant.Of("I2", "a redemption, or one taken back, of no sale", $"""
            SELECT d.sale_id || CASE WHEN d.reversal THEN ' taken back' ELSE '' END AS example, d.count > coalesce((
                SELECT jsonb_array_length(s.document->'redemptions') FROM ({OneTold}) s WHERE s.tenant_id = d.tenant_id AND s.id = d.sale_id
                    AND (NOT d.reversal OR s.state = 'voided' OR EXISTS (SELECT FROM transaction.refund r WHERE r.tenant_id = s.tenant_id
                        AND r.sale_id = s.id AND jsonb_array_length(r.document->'redemptions') > 0))), 0) AS wrong
            FROM (SELECT tenant_id, sale_id, reversal, count(*) AS count FROM promotions.redemption GROUP BY tenant_id, sale_id, reversal) d
            """),
        Invariant.Of("I2", "a sale taken back whose redemptions were not", $"""
            SELECT s.id::text AS example, (SELECT count(*) FROM promotions.redemption d WHERE d.tenant_id = s.tenant_id AND d.sale_id = s.id AND d.reversal)
                <> jsonb_array_length(s.document->'redemptions') AS wrong
            FROM ({Told}) s WHERE s.state = 'voided' OR EXISTS (SELECT FROM transaction.refund r WHERE r.tenant_id = s.tenant_id
                AND r.sale_id = s.id AND jsonb_array_length(r.document->'redemptions') > 0)
            """),
        Invariant.Of("I2", "a promotion's usage that is not the sum of its redemptions", """
            SELECT promotion_id::text AS example, (u.redeemed, u.reversed, u.amount) IS DISTINCT FROM (d.redeemed, d.reversed, d.amount) AS wrong
            FROM promotions.promotion_usage u FULL JOIN (
                SELECT tenant_id, promotion_id, count(*) FILTER (WHERE NOT reversal) AS redeemed, count(*) FILTER (WHERE reversal) AS reversed,
                    sum(CASE WHEN reversal THEN -amount ELSE amount END)::bigint AS amount
                FROM promotions.redemption GROUP BY tenant_id, promotion_id) d USING (tenant_id, promotion_id)
            """),
        Invariant.Of("I2", "a coupon's usage that is not the sum of its redemptions", """
            SELECT coupon AS example, (u.redeemed, u.reversed, u.amount) IS DISTINCT FROM (d.redeemed, d.reversed, d.amount) AS wrong
            FROM promotions.coupon_usage u FULL JOIN (
                SELECT tenant_id, promotion_id, coupon, count(*) FILTER (WHERE NOT reversal) AS redeemed, count(*) FILTER (WHERE reversal) AS reversed,
                    sum(CASE WHEN reversal THEN -amount ELSE amount END)::bigint AS amount
                FROM promotions.redemption WHERE coupon <> '' GROUP BY tenant_id, promotion_id, coupon) d USING (tenant_id, promotion_id, coupon)
            """),
    ];
}
