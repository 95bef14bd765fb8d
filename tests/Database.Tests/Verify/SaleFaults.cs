using static WebWaka.Database.Tests.Verify.Fault;

namespace WebWaka.Database.Tests.Verify;

/// <summary>I1: sales lost, changed or doubled.</summary>
internal static class SaleFaults
{
    private const string Sale = "transaction.sale";

    public static readonly Fault[] All =
    [
        new("I1", "acknowledged but not stored",
            $"DELETE FROM transaction.pending_tender WHERE sale_id = {Awaiting}; DELETE FROM {Sale} WHERE id = {Awaiting}"),
        new("I1", "acknowledged but not stored", $"DELETE FROM {Sale} WHERE id = {Kept}", "I2 I4"),
        new("I1", "acknowledged but not stored",
            $"UPDATE transaction.idempotency SET tenant_id = {Nobody} WHERE route = 'sales' AND body::jsonb->>'id' = {Kept}::text"),
        new("I1", "stored otherwise than acknowledged", """
            UPDATE transaction.idempotency SET body = jsonb_set(body::jsonb, '{total}', '1')::text
            WHERE (route, key) = (SELECT route, key FROM transaction.idempotency WHERE route = 'sales' LIMIT 1)
            """),
        new("I1", "stored otherwise than acknowledged", $$"""
            UPDATE transaction.idempotency SET body = jsonb_set(body::jsonb, '{number}', '"T0100000077"')::text
            WHERE route = 'sales' AND body::jsonb->>'id' = {{Kept}}::text
            """),
        new("I1", "cannot be checked", """
            UPDATE transaction.idempotency SET body = 'no JSON' WHERE key = (SELECT min(key) FROM transaction.idempotency WHERE route = 'sales')
            """),
        new("I1", "a refund acknowledged but not stored", $$"""
            UPDATE transaction.idempotency SET body = jsonb_set(body::jsonb, '{id}', to_jsonb({{Nobody}}::text))::text WHERE route = 'refunds' AND key = 'r-2'
            """),
        new("I1", "a refund acknowledged but not stored", """
            UPDATE transaction.idempotency SET body = jsonb_set(body::jsonb, '{total}', '1')::text WHERE route = 'refunds' AND key = 'r-2'
            """),
        new("I1", "one id, two sales", $"""
            ALTER TABLE {Sale} DROP CONSTRAINT pk_sale CASCADE; INSERT INTO {Sale} SELECT * FROM {Sale} WHERE id = {Awaiting}
            """),
        new("I1", "a sale whose number does not fit its state", $"UPDATE {Sale} SET state = 'awaitingPayment' WHERE id = {Kept}"),
        new("I1", "a sale whose number does not fit its state", $"UPDATE {Sale} SET state = 'completed' WHERE id = {Awaiting}"),
        new("I1", "a sale whose number does not fit its state", $"UPDATE {Sale} SET state = 'lost' WHERE id = {Awaiting}"),
        new("I1", "a sale whose document is another's", Set(Sale, Awaiting, "{saleId}", "\"another\"")),
        new("I1", "a sale whose document is another's", Set(Sale, Kept, "{number}", "\"T0100000077\"")),
        new("I1", "a sale whose document is another's", Set(Sale, Kept, "{currency}", "\"GHS\"")),
    ];
}
