using static WebWaka.Database.Tests.Verify.Fault;

namespace WebWaka.Database.Tests.Verify;

/// <summary>I2's tenders and bookings, I6, I7 and I8: money that does not add up, goes back twice or comes from nowhere.</summary>
internal static class MoneyFaults
{
    private const string Sale = "transaction.sale";
    private const string Refund = "transaction.refund";
    private const string Ledger = "payments.ledger_entry";
    private const string Paid = "(SELECT sale_id FROM transaction.pending_tender WHERE settled_at IS NOT NULL ORDER BY sale_id LIMIT 1)";
    private const string Payment = "(SELECT id FROM payments.payment WHERE state = 'settled' ORDER BY id LIMIT 1)";

    public static readonly Fault[] All = [.. Bookings, .. Sums, .. Caps, .. Paystack];

    private static Fault[] Bookings =>
    [
        new("I2", "tenders that do not make the due", Add(Sale, Kept, "{change}", 1)),
        new("I2", "tenders that do not make the due", Add(Sale, Kept, "{tenders,0,amount}", 1)),
        new("I2", "tenders that do not make the due", Add(Sale, Kept, "{rounding}", 1)),
        new("I2", "tenders that do not make the due", Add(Sale, Kept, "{tenders,0,tendered}", -1) + ";" + Add(Sale, Kept, "{tenders,1,tendered}", 1)),
        new("I2", "a sale that is not booked",
            $"UPDATE {Ledger} SET account = 'elsewhere' WHERE source_kind = 'sale' AND source_id = {Kept} AND account = 'cash'"),
        new("I2", "a sale that is not booked", $"DELETE FROM {Ledger} WHERE source_kind = 'sale' AND source_id = {Kept}"),
        new("I2", "a void that is not booked", $"DELETE FROM {Ledger} WHERE source_kind = 'void'"),
        new("I2", "a refund that is not booked", $"DELETE FROM {Ledger} WHERE source_kind = 'refund' AND source_id = {PartRefund}"),
        new("I2", "a journal of the ledger that does not sum", $"""
            UPDATE {Ledger} SET amount = amount + 1 WHERE source_kind = 'sale' AND source_id = {Kept} AND account = 'sales'
            """),
        new("I2", "a journal of the ledger that does not sum", $"""
            UPDATE {Ledger} SET account = 'suspense' WHERE source_kind = 'sale' AND source_id = {Kept} AND account = 'sales'
            """),
        new("I2", "booked, and no such sale, void or refund", Booked("sale", Kept, $"'sale', {Nobody}")),
        new("I2", "booked, and no such sale, void or refund", Booked("sale", Kept, "'void', source_id")),
        new("I2", "booked, and no such sale, void or refund", Booked("refund", PartRefund, $"'refund', {Nobody}")),
    ];

    private static Fault[] Sums =>
    [
        .. new[] { "gross", "discount", "net", "tax" }.Select(part => new Fault("I6", "a sale whose parts do not sum", Add(Sale, Kept, $"{{{part}}}", 1))),
        new("I6", "a sale whose parts do not sum", Add(Sale, Kept, "{lines,0,taxes,0,amount}", 1) + ";" + Add(Sale, Kept, "{tax}", 1)),
        new("I6", "a sale whose parts do not sum", Add(Sale, Kept, "{lines,0,gross}", 1) + ";" + Add(Sale, Kept, "{gross}", 1)),
        new("I6", "a sale whose parts do not sum", Add(Sale, Kept, "{lines,0,total}", 1) + ";" + Add(Sale, Kept, "{fees,0,total}", -1)),
        new("I6", "a sale whose parts do not sum", Add(Sale, Kept, "{lines,0,taxes,0,amount}", 1) + ";" + Add(Sale, Kept, "{lines,1,taxes,0,amount}", -1)),
        new("I6", "a sale whose parts do not sum", Add(Sale, Kept, "{fees,0,net}", 1)),
        new("I6", "a sale whose parts do not sum", Set(Sale, Kept, "{lines,0,net}", "null")),
        .. new[] { "gross", "discount", "net", "tax" }.Select(part =>
            new Fault("I6", "a refund whose parts do not sum", Add(Refund, PartRefund, $"{{{part}}}", 1))),
        new("I6", "a refund whose parts do not sum", Add(Refund, PartRefund, "{lines,0,taxes,0,amount}", 1) + ";" + Add(Refund, PartRefund, "{tax}", 1)),
        new("I6", "a refund whose parts do not sum", Add(Refund, PartRefund, "{lines,0,discount}", 1) + ";" + Add(Refund, PartRefund, "{discount}", 1)),
        new("I6", "a refund whose parts do not sum", Add(Refund, PartRefund, "{fees,0,net}", -1)),
        new("I6", "a refund whose tenders do not make its due", Add(Refund, PartRefund, "{tenders,0,amount}", 1)),
        new("I6", "a refund whose tenders do not make its due", Add(Refund, PartRefund, "{rounding}", 1)),
        new("I6", "a row that says another amount than its document", $"UPDATE {Sale} SET due = due + 1 WHERE id = {Kept}", "I1"),
        new("I6", "a row that says another amount than its document", $"UPDATE {Refund} SET total = total - 1 WHERE id = {PartRefund}", "I1 I2"),
        new("I6", "a row that says another amount than its document", "UPDATE history.journal SET total = total + 1 WHERE kind = 'void'"),
        new("I6", "a day's sums that are not those of its documents", "UPDATE history.daily_sales SET net = net + 1"),
        new("I6", "a day's sums that are not those of its documents", "UPDATE history.daily_sales SET voids = voids + 1"),
        new("I6", "a day's sums that are not those of its documents", "UPDATE history.daily_sales SET refund_tax = refund_tax + 1"),
        new("I6", "a day's sums that are not those of its documents", "DELETE FROM history.daily_sales"),
    ];

    private static Fault[] Caps =>
    [
        new("I7", "more refunded than the sale's total", $"UPDATE {Refund} SET total = total + 1000000000 WHERE id = {PartRefund}", "I1 I2 I6"),
        new("I7", "more given back than was paid", Add(Refund, PartRefund, "{due}", 1_000_000_000), "I2 I6"),
        new("I7", "a refund of a sale that never was or was voided", $"UPDATE {Refund} SET sale_id = {Nobody} WHERE id = {PartRefund}"),
        new("I7", "a refund of a sale that never was or was voided", $"UPDATE {Sale} SET state = 'voided' WHERE id = {Part}", "I2 I9"),
        new("I7", "more of a line refunded than was sold", Set(Refund, PartRefund, "{lines,1,quantity}", "\"1.00001\"")),
        new("I7", "more of a line refunded than was sold", Set(Refund, PartRefund, "{lines,1,line}", "77")),
        new("I7", "more of a line refunded than was sold", Add(Refund, PartRefund, "{lines,1,total}", 100_000), "I6"),
        new("I7", "more of a fee given back than was charged", Set(Refund, PartRefund, "{fees,0,code}", "\"OTHER\"")),
        new("I7", "more of a fee given back than was charged", Add(Refund, PartRefund, "{fees,0,total}", 100_000), "I6"),
        new("I7", "more asked back of a payment than it took", "UPDATE payments.refund_request SET amount = amount + 1000000000", "I8"),
        new("I7", "more asked back of a payment than it took", $"""
            INSERT INTO payments.refund_request (tenant_id, id, source_kind, source_id, sale_id, tender, payment_id, amount, currency, state,
                created_at, next_at)
            SELECT tenant_id, {Nobody}, source_kind, {Nobody}, sale_id, tender, payment_id, 1, currency, 'queued', created_at, next_at
            FROM payments.refund_request
            """),
    ];

    private static Fault[] Paystack =>
    [
        new("I8", "a tender with other than one settled payment", $"UPDATE transaction.pending_tender SET payment_id = {Nobody} WHERE sale_id = {Paid}"),
        new("I8", "a tender with other than one settled payment", $"UPDATE payments.payment SET amount = amount + 1 WHERE id = {Payment}"),
        new("I8", "a payment in two places", $"""
            INSERT INTO transaction.late_payment (tenant_id, payment_id, sale_id, tender, amount, currency, reference, reason, at)
            SELECT tenant_id, id, sale_id, tender, amount, currency, reference, 'again', created_at FROM payments.payment WHERE id = {Payment}
            """),
        new("I8", "a settled payment that is neither in its sale nor before a person",
            $"DELETE FROM transaction.pending_tender WHERE sale_id = {Paid}"),
        new("I8", "money of a sale that was given up, and not before a person", $"""
            UPDATE transaction.pending_tender SET settled_at = now(), payment_id = {Nobody} WHERE sale_id = {Awaiting};
            UPDATE {Sale} SET state = 'voided' WHERE id = {Awaiting}
            """),
        new("I8", "a completed sale with a tender that was not settled",
            $"UPDATE transaction.pending_tender SET settled_at = NULL WHERE sale_id = {Paid}"),
        new("I8", "a settled payment that is not booked once with its amount",
            $"DELETE FROM {Ledger} WHERE source_kind = 'payment' AND source_id = {Payment}"),
        new("I8", "a settled payment that is not booked once with its amount", $"""
            UPDATE {Ledger} SET amount = amount + CASE account WHEN 'paystack_clearing' THEN 1 ELSE -1 END
            WHERE source_kind = 'payment' AND source_id = {Payment} AND account IN ('paystack_clearing', 'paystack_balance')
            """),
        new("I8", "booked, and no such payment or refund of one", Booked("payment", Payment, $"'payment', {Nobody}")),
        new("I8", "booked, and no such payment or refund of one", Booked("payment", Payment, $"'paystackRefund', {Nobody}")),
        new("I8", "a refund that Paystack has done, not booked once", $"DELETE FROM {Ledger} WHERE source_kind = 'paystackRefund'"),
        new("I8", "one transaction of Paystack's, two payments or refunds of ours",
            $"""
            DROP INDEX payments.ix_payment_tenant_id_transaction_id;
            UPDATE payments.payment SET transaction_id = (SELECT transaction_id FROM payments.payment WHERE id = {Payment}) WHERE state = 'settled'
            """),
        new("I8", "a webhook event stored twice", """
            DROP INDEX payments.ix_webhook_event_door_domain_event_data_id;
            INSERT INTO payments.webhook_event (received_at, event, data_id, reference, body, state, attempts, next_at, door, domain)
            SELECT received_at, event, data_id, reference, body, state, attempts, next_at, door, domain
            FROM payments.webhook_event WHERE event = 'charge.success' LIMIT 1
            """),
    ];

    private static string Booked(string kind, string id, string kindAndSource) => $"""
        INSERT INTO {Ledger} (tenant_id, source_kind, source_id, account, amount, currency, sale_id, at, booked_at)
        SELECT tenant_id, {kindAndSource}, account, amount, currency, sale_id, at, booked_at FROM {Ledger} WHERE source_kind = '{kind}' AND source_id = {id}
        """;
}
