namespace WebWaka.Database.Tests.Verify;

/// <summary>I10: events that wait, in every Cell and every place where they can.</summary>
internal static class RestFaults
{
    public static readonly Fault[] All =
    [
        .. Wiring.Cells.SelectMany(cell => new[]
        {
            new Fault("I10", $"waiting in {cell}: its outbox", $"""
                INSERT INTO {cell}.outbox (tenant_id, event_id, type, payload, at) VALUES ({Fault.Nobody}, {Fault.Nobody}, 'Something', 'null', now())
                """),
            new Fault("I10", $"waiting in {cell}: for history", $"""
                INSERT INTO {cell}.outbox_delivery (tenant_id, event_id, cell, type, payload, at, attempts, next_at, dead)
                VALUES ({Fault.Nobody}, {Fault.Nobody}, 'history', 'Something', 'null', now(), 1, now(), false)
                """),
            new Fault("I10", $"waiting in {cell}: dead letter", $"""
                INSERT INTO {cell}.dead_letter (tenant_id, event_id, queue, type, payload, at, attempts, next_at, dead)
                VALUES ({Fault.Nobody}, {Fault.Nobody}, '{cell}.Something', 'Something', 'null', now(), 12, now(), true)
                """),
        }),
        Webhook("received"),
        Webhook("error"),
    ];

    private static Fault Webhook(string state) => new("I10", "a webhook that waits or was given up on", $"""
        UPDATE payments.webhook_event SET state = '{state}' WHERE id = (SELECT min(id) FROM payments.webhook_event)
        """);
}
