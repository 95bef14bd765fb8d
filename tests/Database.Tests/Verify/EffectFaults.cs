using static WebWaka.Database.Tests.Verify.Fault;

namespace WebWaka.Database.Tests.Verify;

/// <summary>I2 and I3: effects of sales that are missing, doubled, or of nothing.</summary>
internal static class EffectFaults
{
    private const string Movement = "inventory.stock_movement";

    public static readonly Fault[] All =
    [
        new("I2", "not once in the journal", $"DELETE FROM history.journal WHERE kind = 'sale' AND thing_id = {Kept}", "I6"),
        new("I2", "not once in the journal", $"""
            ALTER TABLE history.journal DROP CONSTRAINT pk_journal;
            INSERT INTO history.journal SELECT * FROM history.journal WHERE kind = 'sale' AND thing_id = {Kept}
            """, "I6"),
        new("I2", "not once in the journal", $"UPDATE history.journal SET number = 'T0100000077' WHERE kind = 'sale' AND thing_id = {Kept}"),
        new("I2", "in the journal, and no such sale, void or refund", Told($"'sale', {Nobody}", $"kind = 'sale' AND thing_id = {Kept}"), "I6"),
        new("I2", "in the journal, and no such sale, void or refund", Told("'void', thing_id", $"kind = 'sale' AND thing_id = {Kept}"), "I6"),
        new("I2", "in the journal, and no such sale, void or refund", Told($"'refund', {Nobody}", $"kind = 'refund' AND thing_id = {PartRefund}"), "I6"),
        new("I2", "a void that is not once in the journal", "DELETE FROM history.journal WHERE kind = 'void'", "I6"),
        new("I2", "a refund that is not once in the journal", $"DELETE FROM history.journal WHERE kind = 'refund' AND thing_id = {PartRefund}", "I6"),
        new("I2", "a stocked line without its one movement", $"UPDATE {Movement} SET line = 99 WHERE kind = 'sale' AND source_id = {Kept} AND line = 1"),
        new("I2", "a stocked line without its one movement",
            $"UPDATE {Movement} SET quantity = quantity * 2 WHERE kind = 'sale' AND source_id = {Kept} AND line = 1", "I3"),
        new("I2", "a stocked line without its one movement", $"""
            ALTER TABLE {Movement} DROP CONSTRAINT pk_stock_movement; DROP INDEX inventory.ix_stock_movement_tenant_id_kind_source_id_line;
            INSERT INTO {Movement} SELECT * FROM {Movement} WHERE kind = 'sale' AND source_id = {Kept} AND line = 1
            """, "I3"),
        new("I2", "a voided line whose goods did not come back once", $"UPDATE {Movement} SET line = 99 WHERE kind = 'void' AND line = 1"),
        new("I2", "a refunded line whose goods did not come back once", $"UPDATE {Movement} SET line = 99 WHERE kind = 'return' AND source_id = {PartRefund}"),
        new("I2", "stock moved for no line of a sale, void or refund", Moved($"'sale', {Nobody}, 1")),
        new("I2", "stock moved for no line of a sale, void or refund", Moved($"'sale', {Kept}, 99")),
        new("I2", "stock moved for no line of a sale, void or refund", Moved($"'void', {Kept}, 1")),
        new("I2", "stock moved for no line of a sale, void or refund", Moved($"'return', {PartRefund}, 2")),
        .. Promotions,
        new("I3", "on hand is not the sum of movements", """
            UPDATE inventory.stock_level SET on_hand = on_hand + 0.00001
            WHERE (store_id, product_id) = (SELECT store_id, product_id FROM inventory.stock_level LIMIT 1)
            """),
        new("I3", "on hand is not the sum of movements",
            """
            DELETE FROM inventory.stock_level
            WHERE (store_id, product_id) = (SELECT store_id, product_id FROM inventory.stock_level WHERE on_hand <> 0 LIMIT 1)
            """),
        new("I3", "on hand is not the sum of movements", $"""
            INSERT INTO inventory.stock_level (tenant_id, store_id, product_id, on_hand, moved_at)
            SELECT tenant_id, {Nobody}, {Nobody}, 1, now() FROM inventory.stock_level LIMIT 1
            """),
    ];

    private static Fault[] Promotions =>
    [
        new("I2", "a promotion that took off other than its redemption says", Set("transaction.sale", Kept, "{lines,0,discounts,0,promotion}", "null")),
        new("I2", "a promotion without its one redemption", $"UPDATE promotions.redemption SET coupon = 'OTHER' WHERE sale_id = {Kept}"),
        new("I2", "a promotion without its one redemption", $"UPDATE promotions.redemption SET amount = amount + 1 WHERE sale_id = {Kept}"),
        new("I2", "a promotion without its one redemption", $"DELETE FROM promotions.redemption WHERE sale_id = {Kept}"),
        new("I2", "a redemption, or one taken back, of no sale", Redeemed($"{Nobody}, false")),
        new("I2", "a redemption, or one taken back, of no sale", Redeemed($"{Kept}, true")),
        new("I2", "a sale taken back whose redemptions were not", $"DELETE FROM promotions.redemption WHERE reversal AND sale_id = {Voided}"),
        new("I2", "a sale taken back whose redemptions were not", $"DELETE FROM promotions.redemption WHERE reversal AND sale_id <> {Voided}"),
        new("I2", "a promotion's usage that is not the sum", "UPDATE promotions.promotion_usage SET amount = amount + 1"),
        new("I2", "a promotion's usage that is not the sum", "DELETE FROM promotions.promotion_usage"),
        new("I2", "a coupon's usage that is not the sum", "UPDATE promotions.coupon_usage SET reversed = reversed + 1"),
        new("I2", "a coupon's uses that are not those claimed by its sales and leased to tills", "UPDATE transaction.coupon SET used = used + 1"),
        new("I2", "a coupon given without its one claim", $"DELETE FROM transaction.claim WHERE coupon IS NOT NULL AND sale_id = {Kept}"),
        new("I2", "a promotion's uses that are not those claimed by its sales and leased to tills", "UPDATE transaction.promotion SET used = used + 1"),
        new("I2", "a counter of a promotion that is not the sum of its claims",
            $"""
            INSERT INTO transaction.promotion_usage (tenant_id, promotion_id, counter, used)
            SELECT tenant_id, {Nobody}, 'budget', 1 FROM transaction.coupon LIMIT 1
            """),
        new("I2", "loyalty points that are not the sum of their ledger",
            $"INSERT INTO transaction.customer (tenant_id, customer_id, purchases, points) SELECT tenant_id, {Nobody}, 1, 5 FROM transaction.coupon LIMIT 1"),
    ];

    /// <summary>A journal entry under another kind and thing.</summary>
    private static string Told(string kindAndThing, string from) => $"""
        INSERT INTO history.journal (tenant_id, kind, thing_id, sale_id, store_id, till_id, shift_id, by, number, business_date, at, currency, total, document)
        SELECT tenant_id, {kindAndThing}, sale_id, store_id, till_id, shift_id, by, number, business_date, at, currency, total, document
        FROM history.journal WHERE {from}
        """;

    /// <summary>A movement of nothing, so that the sums stay right.</summary>
    private static string Moved(string kindSourceAndLine) => $"""
        INSERT INTO {Movement} (tenant_id, id, store_id, product_id, quantity, kind, source_id, line, at, by)
        SELECT tenant_id, {Nobody}, store_id, product_id, 0, {kindSourceAndLine}, at, by FROM {Movement} WHERE source_id = {Kept} AND line = 1
        """;

    private static string Redeemed(string saleAndReversal) => $"""
        INSERT INTO promotions.redemption (tenant_id, sale_id, reversal, promotion_id, coupon, amount, at)
        SELECT tenant_id, {saleAndReversal}, promotion_id, coupon, amount, at FROM promotions.redemption WHERE sale_id = {Kept} AND NOT reversal
        """;
}
