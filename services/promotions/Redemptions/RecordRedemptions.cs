using Npgsql;
using NpgsqlTypes;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Promotions.Redemptions;

/// <summary>What one event says of redemptions, whichever event it is.</summary>
internal sealed record Redeemed(Guid EventId, Guid SaleId, DateTimeOffset At, Redemption[] Redemptions);

/// <summary>Writes redemptions and their sums in one statement for each tenant: this keeps up with every sale.</summary>
internal static class RecordRedemptions
{
    // Only rows that are new are counted, so a sale counts once whatever its event's id. Sums are locked in the order of their keys.
    private const string Sql = """
        WITH fresh AS (
            INSERT INTO inbox (tenant_id, consumer, event_id, at)
            SELECT $1, $2, id, $3 FROM (SELECT DISTINCT e.id FROM unnest($4::uuid[]) AS e(id)) d ORDER BY id ON CONFLICT DO NOTHING RETURNING event_id),
        made AS (
            INSERT INTO redemption (tenant_id, sale_id, promotion_id, coupon, reversal, amount, at)
            SELECT $1, r.sale_id, r.promotion_id, r.coupon, $5, r.amount, r.at
            FROM unnest($4::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::bigint[], $10::timestamptz[])
                AS r(event_id, sale_id, promotion_id, coupon, amount, at)
            JOIN fresh USING (event_id)
            ORDER BY r.sale_id, r.promotion_id, r.coupon
            ON CONFLICT DO NOTHING RETURNING promotion_id, coupon, CASE WHEN reversal THEN -amount ELSE amount END AS amount),
        by_promotion AS (
            INSERT INTO promotion_usage AS u (tenant_id, promotion_id, redeemed, reversed, amount)
            SELECT $1, promotion_id, CASE WHEN $5 THEN 0 ELSE count(*) END, CASE WHEN $5 THEN count(*) ELSE 0 END, sum(amount)
            FROM made GROUP BY promotion_id ORDER BY promotion_id
            ON CONFLICT (tenant_id, promotion_id) DO UPDATE
            SET redeemed = u.redeemed + excluded.redeemed, reversed = u.reversed + excluded.reversed, amount = u.amount + excluded.amount)
        INSERT INTO coupon_usage AS u (tenant_id, promotion_id, coupon, redeemed, reversed, amount)
        SELECT $1, promotion_id, coupon, CASE WHEN $5 THEN 0 ELSE count(*) END, CASE WHEN $5 THEN count(*) ELSE 0 END, sum(amount)
        FROM made WHERE coupon <> '' GROUP BY promotion_id, coupon ORDER BY promotion_id, coupon
        ON CONFLICT (tenant_id, promotion_id, coupon) DO UPDATE
        SET redeemed = u.redeemed + excluded.redeemed, reversed = u.reversed + excluded.reversed, amount = u.amount + excluded.amount
        """;

    public static Task Record<T>(
        this NpgsqlDataSource database, string consumer, Deliveries<T> batch, bool reversal, DateTimeOffset now,
        Func<Delivery<T>, Redeemed> read, CancellationToken ct, Action<NpgsqlBatch, Guid, IReadOnlyList<Delivery<T>>>? besides = null) =>
        database.ConsumeInOneRoundTrip(batch, (commands, tenant, items) =>
        {
            besides?.Invoke(commands, tenant, items);
            var rows = items.Select(read).SelectMany(e => e.Redemptions.Select(r => (e.EventId, e.SaleId, r.PromotionId, Coupon: Code(r), r.Amount, e.At))).ToList();
            // Most sales have no promotion: nothing to do is done as often as one likes.
            if (rows.Count == 0)
                return;
            commands.BatchCommands.Add(new NpgsqlBatchCommand(Sql)
            {
                Parameters =
                {
                    Of(tenant, NpgsqlDbType.Uuid), Of(consumer, NpgsqlDbType.Text), Of(now, NpgsqlDbType.TimestampTz),
                    List(rows.ConvertAll(r => r.EventId), NpgsqlDbType.Uuid), Of(reversal, NpgsqlDbType.Boolean),
                    List(rows.ConvertAll(r => r.SaleId), NpgsqlDbType.Uuid), List(rows.ConvertAll(r => r.PromotionId), NpgsqlDbType.Uuid),
                    List(rows.ConvertAll(r => r.Coupon), NpgsqlDbType.Text), List(rows.ConvertAll(r => r.Amount), NpgsqlDbType.Bigint),
                    List(rows.ConvertAll(r => r.At.ToUniversalTime()), NpgsqlDbType.TimestampTz),
                },
            });
        }, ct);

    private static string Code(Redemption redemption) => redemption.Coupon?.ToUpperInvariant() ?? "";

    private static NpgsqlParameter Of(object value, NpgsqlDbType type) => new() { Value = value, NpgsqlDbType = type };

    private static NpgsqlParameter List<T>(List<T> values, NpgsqlDbType type) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
