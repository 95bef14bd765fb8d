using Npgsql;
using NpgsqlTypes;
using WebWaka.Transaction.Core;

namespace WebWaka.Transaction.Claims;

/// <summary>The commands of a sale's commit that take from what can be used up. Each raises by name when there is not enough.</summary>
internal static class ClaimCommands
{
    private const string TakeCoupon = """
        WITH claimed AS (UPDATE coupon SET used = used + $3
            WHERE tenant_id = $1 AND code = $2 AND NOT archived AND (use_limit IS NULL OR used + $3 <= use_limit) RETURNING 1)
        SELECT must(count(*) = 1, 'coupon_used_up') FROM claimed
        """;

    private const string TakePromotion = """
        WITH claimed AS (UPDATE promotion SET used = used + $3 WHERE tenant_id = $1 AND id = $2 AND NOT archived AND used + $3 <= $4 RETURNING 1)
        SELECT must(count(*) = 1, 'promotion_used_up') FROM claimed
        """;

    // The limit is the rule's at the version that the sale is guarded by.
    private const string TakeUsage = """
        WITH claimed AS (
            INSERT INTO promotion_usage AS u (tenant_id, promotion_id, counter, used) SELECT $1, $2, $3, $4 WHERE $4 <= $5
            ON CONFLICT (tenant_id, promotion_id, counter) DO UPDATE SET used = u.used + $4 WHERE u.used + $4 <= $5 RETURNING 1)
        SELECT must(count(*) = 1, $6) FROM claimed
        """;

    // An offline sale has happened: what is beyond its lease is counted without condition, and a person is told.
    private const string FromLease = """
        WITH spent AS (
            UPDATE lease SET used = used + $5 WHERE tenant_id = $1 AND id = $2 AND till_id = $3 AND promotion_id = $4 AND counter = $6
            RETURNING CASE WHEN closed_at IS NULL THEN least(used - uses, $5) ELSE $5 END AS beyond),
        coupons AS (UPDATE coupon SET used = used + beyond FROM spent WHERE beyond > 0 AND tenant_id = $1 AND code = $7),
        promotions AS (UPDATE promotion SET used = used + beyond FROM spent WHERE beyond > 0 AND $7 IS NULL AND tenant_id = $1 AND id = $4),
        told AS (
            INSERT INTO claim_exception (tenant_id, sale_id, promotion_id, counter, lease_id, count, at)
            SELECT $1, $8, $4, $6, $2, beyond, $9 FROM spent WHERE beyond > 0)
        SELECT must(count(*) = 1, 'lease_unknown') FROM spent
        """;

    private const string Record = """
        INSERT INTO claim (tenant_id, sale_id, promotion_id, counter, coupon, count, returns, lease_id)
        SELECT $1, $2, c.promotion_id, c.counter, c.coupon, c.count, c.returns, c.lease_id
        FROM unnest($3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::uuid[])
            AS c(promotion_id, counter, coupon, count, returns, lease_id)
        """;

    /// <summary>Counts the customer's purchase; with <c>$3</c> it must be the first.</summary>
    private const string CountPurchase = """
        WITH counted AS (
            INSERT INTO customer AS c (tenant_id, customer_id, purchases, points) VALUES ($1, $2, 1, 0)
            ON CONFLICT (tenant_id, customer_id) DO UPDATE SET purchases = c.purchases + 1 WHERE NOT $3 OR c.purchases = 0 RETURNING 1)
        SELECT must(count(*) = 1, 'promotion_used_up') FROM counted
        """;

    /// <summary>In the order of the claims, which is that of every other sale; then what was claimed; the customer last.</summary>
    public static void AddTo(NpgsqlBatch batch, Guid tenant, Contracts.Transaction.SaleCompleted sale, Claim[] claims, bool mustBeFirst)
    {
        foreach (var claim in claims)
            batch.BatchCommands.Add(Take(tenant, sale, claim));
        if (claims.Length > 0)
            batch.BatchCommands.Add(Recorded(tenant, sale.SaleId, claims));
        if (sale.CustomerId is { } customer)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(CountPurchase) { Parameters = { Of(tenant), Of(customer), Of(mustBeFirst) } });
    }

    private static NpgsqlBatchCommand Take(Guid tenant, Contracts.Transaction.SaleCompleted sale, Claim claim) => claim switch
    {
        { Lease: { } lease } => new(FromLease)
        {
            Parameters =
            {
                Of(tenant), Of(lease), Of(sale.TillId), Of(claim.Promotion), Of(claim.Count), Of(claim.Counter), Of<string>(claim.Coupon), Of(sale.SaleId),
                Of(sale.CompletedAt),
            },
        },
        { Coupon: { } code } => new(TakeCoupon) { Parameters = { Of(tenant), Of(code), Of(claim.Count) } },
        { Counter: Counters.Total } => new(TakePromotion) { Parameters = { Of(tenant), Of(claim.Promotion), Of(claim.Count), Of(claim.Limit!.Value) } },
        _ => new(TakeUsage)
        {
            Parameters =
            {
                Of(tenant), Of(claim.Promotion), Of(claim.Counter), Of(claim.Count), Of(claim.Limit!.Value),
                Of(claim.Counter.Contains(" coupon ", StringComparison.Ordinal) ? "coupon_used_up" : "promotion_used_up"),
            },
        },
    };

    private static NpgsqlBatchCommand Recorded(Guid tenant, Guid sale, Claim[] claims) => new(Record)
    {
        Parameters =
        {
            Of(tenant), Of(sale), List(claims, NpgsqlDbType.Uuid, claim => claim.Promotion), List(claims, NpgsqlDbType.Text, claim => claim.Counter),
            List(claims, NpgsqlDbType.Text, claim => claim.Coupon), List(claims, NpgsqlDbType.Bigint, claim => claim.Count),
            List(claims, NpgsqlDbType.Text, claim => claim.Returns.ToString()), List(claims, NpgsqlDbType.Uuid, claim => claim.Lease),
        },
    };

    private static NpgsqlParameter<T> Of<T>(T? value) => new() { TypedValue = value };

    private static NpgsqlParameter List<T>(Claim[] claims, NpgsqlDbType type, Func<Claim, T> of) =>
        new() { Value = Array.ConvertAll(claims, claim => of(claim)), NpgsqlDbType = NpgsqlDbType.Array | type };
}
