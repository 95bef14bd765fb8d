namespace WebWaka.Tool.Verify;

/// <summary>I2: what sales took from a limited supply is what the limits count, and points are the sum of their ledger.</summary>
internal static class Claimed
{
    public static readonly Invariant[] All =
    [
        Invariant.Of("I2", "a coupon's uses that are not those claimed by its sales and leased to tills", """
            SELECT c.code AS example, c.used <>
                (SELECT coalesce(sum(t.count), 0) FROM transaction.claim t
                    WHERE t.tenant_id = c.tenant_id AND t.coupon = c.code AND t.released_at IS NULL)
                + (SELECT coalesce(sum(greatest(l.uses - l.used, 0)), 0) FROM transaction.lease l
                    WHERE l.tenant_id = c.tenant_id AND l.coupon = c.code AND l.closed_at IS NULL) AS wrong
            FROM transaction.coupon c
            """),
        Invariant.Of("I2", "a coupon given without its one claim", $"""
            SELECT s.id || ' ' || (r->>'coupon') AS example,
                (SELECT count(*) FROM transaction.claim t WHERE t.tenant_id = s.tenant_id AND t.sale_id = s.id AND t.coupon = r->>'coupon') <> 1 AS wrong
            FROM ({Invariants.Told}) s, jsonb_array_elements(s.document->'redemptions') r WHERE r->>'coupon' IS NOT NULL
            """),
        Invariant.Of("I2", "a promotion's uses that are not those claimed by its sales and leased to tills", """
            SELECT p.id::text AS example, p.used <>
                (SELECT coalesce(sum(t.count), 0) FROM transaction.claim t
                    WHERE t.tenant_id = p.tenant_id AND t.promotion_id = p.id AND t.counter = 'total' AND t.released_at IS NULL)
                + (SELECT coalesce(sum(greatest(l.uses - l.used, 0)), 0) FROM transaction.lease l
                    WHERE l.tenant_id = p.tenant_id AND l.promotion_id = p.id AND l.counter = 'total' AND l.closed_at IS NULL) AS wrong
            FROM transaction.promotion p
            """),
        Invariant.Of("I2", "a counter of a promotion that is not the sum of its claims", """
            SELECT u.promotion_id || ' ' || u.counter AS example, u.used <>
                (SELECT coalesce(sum(t.count), 0) FROM transaction.claim t WHERE t.tenant_id = u.tenant_id AND t.promotion_id = u.promotion_id
                    AND t.counter = u.counter AND t.released_at IS NULL) AS wrong
            FROM transaction.promotion_usage u
            """),
        Invariant.Of("I2", "loyalty points that are not the sum of their ledger", """
            SELECT c.customer_id::text AS example, c.points <>
                (SELECT coalesce(sum(e.points), 0) FROM transaction.loyalty_entry e
                    WHERE e.tenant_id = c.tenant_id AND e.customer_id = c.customer_id) AS wrong
            FROM transaction.customer c
            """),
    ];
}
