namespace WebWaka.Tool.Verify;

/// <summary>
/// I10. A Cell's error queue is a table (docs/decisions/0016): <c>dead_letter</c> for what came by the broker,
/// <c>outbox_delivery</c> inside one process. Paystack's webhooks come in by a table, too.
/// </summary>
internal static class Rest
{
    public static readonly Invariant[] All =
    [
        .. Wiring.Cells.Select(cell => new Invariant("I10", $"waiting in {cell}", $"""
            SELECT (SELECT count(*) FROM {cell}.inbox),
                (SELECT count(*) FROM {cell}.outbox) + (SELECT count(*) FROM {cell}.outbox_delivery) + (SELECT count(*) FROM {cell}.dead_letter),
                coalesce((SELECT 'its outbox: ' || type || ' ' || event_id FROM {cell}.outbox LIMIT 1),
                    (SELECT 'for ' || cell || ': ' || type || ' ' || coalesce(error, '') FROM {cell}.outbox_delivery LIMIT 1),
                    (SELECT 'dead letter: ' || type || ' ' || event_id || ' ' || coalesce(error, '') FROM {cell}.dead_letter LIMIT 1))
            """)),
        Invariant.Of("I10", "a webhook that waits or was given up on", """
            SELECT id || ' ' || event || ' ' || state AS example, state IN ('received', 'error') AS wrong FROM payments.webhook_event
            """),
    ];
}
