using static WebWaka.Tool.Verify.Invariants;

namespace WebWaka.Tool.Verify;

/// <summary>I2, the money: tenders less change make what was due, and each sale, void and refund is booked once with it.</summary>
internal static class Bookings
{
    /// <summary>Accounts that stand for how a sale was paid; the others are what was sold.</summary>
    private const string ByTenders = "(l.account IN ('cash', 'card_clearing', 'paystack_clearing') OR l.account LIKE 'tender:%')";

    public static readonly Invariant[] All =
    [
        Invariant.Of("I2", "tenders that do not make the due", $"""
            SELECT s.id::text AS example, (t.amount, t.tendered - (s.document->>'change')::bigint,
                (s.document->>'total')::bigint + (s.document->>'rounding')::bigint)
                IS DISTINCT FROM ((s.document->>'due')::numeric, (s.document->>'due')::numeric, (s.document->>'due')::bigint) OR t.odd > 0 AS wrong
            FROM ({Told}) s CROSS JOIN LATERAL (
                SELECT coalesce(sum((t->>'amount')::bigint), 0) AS amount, coalesce(sum((t->>'tendered')::bigint), 0) AS tendered,
                    count(*) FILTER (WHERE (t->>'tendered')::bigint < (t->>'amount')::bigint) AS odd
                FROM jsonb_array_elements(s.document->'tenders') t) t
            """),
        Invariant.Of("I2", "a sale that is not booked with what it was paid", Booked($"({Told}) s", "sale", "id", "(s.document->>'due')::bigint")),
        Invariant.Of("I2", "a void that is not booked with what it gave back",
            Booked($"(SELECT * FROM ({Told}) told WHERE state = 'voided') s", "void", "id", "-(s.document->>'due')::bigint")),
        Invariant.Of("I2", "a refund that is not booked with what it gave back",
            Booked("transaction.refund s", "refund", "id", "-(s.document->>'due')::bigint")),
        Invariant.Of("I2", "a journal of the ledger that does not sum to zero", """
            SELECT source_kind || ' ' || source_id AS example, sum(amount) <> 0 OR bool_or(account = 'suspense') AS wrong
            FROM payments.ledger_entry GROUP BY tenant_id, source_kind, source_id, currency
            """),
        Invariant.Of("I2", "booked, and no such sale, void or refund", $"""
            SELECT l.source_kind || ' ' || l.source_id AS example, CASE l.source_kind
                WHEN 'refund' THEN NOT EXISTS (SELECT FROM transaction.refund r WHERE r.tenant_id = l.tenant_id AND r.id = l.source_id)
                ELSE NOT EXISTS (SELECT FROM ({OneTold}) s WHERE s.tenant_id = l.tenant_id AND s.id = l.source_id
                    AND (l.source_kind = 'sale' OR s.state = 'voided')) END AS wrong
            FROM (SELECT DISTINCT tenant_id, source_kind, source_id FROM payments.ledger_entry WHERE source_kind IN ('sale', 'void', 'refund')) l
            """),
    ];

    private static string Booked(string things, string kind, string id, string due) => $"""
        SELECT s.{id}::text AS example, (SELECT coalesce(sum(l.amount), 0) FROM payments.ledger_entry l
            WHERE l.tenant_id = s.tenant_id AND l.source_kind = '{kind}' AND l.source_id = s.{id} AND {ByTenders}) <> {due} AS wrong
        FROM {things}
        """;
}
