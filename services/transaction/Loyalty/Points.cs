using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Transaction.Loyalty;

/// <summary>
/// Moves a customer's points in the commit of what moves them, with a ledger entry for each kind. Points that had expired before go
/// first. What goes may leave less than nothing only where it takes back what a returned sale had earned.
/// </summary>
internal static class Points
{
    // $1 tenant, $2 customer, $3 source, $4 sale, $5 at, $6 what goes and $7 its kind, $8 what comes and $9 its kind, $10 it must be there.
    private const string Move = """
        WITH had AS (
            SELECT points, CASE WHEN points > 0 AND points_expire_at <= $5 THEN points ELSE 0 END AS gone
            FROM customer WHERE tenant_id = $1 AND customer_id = $2 FOR UPDATE),
        moved AS (
            UPDATE customer c SET points = h.points - h.gone - $6 + $8,
                points_expire_at = $5 + (SELECT expires_after_days FROM loyalty_programme WHERE tenant_id = $1) * interval '1 day'
            FROM had h WHERE c.tenant_id = $1 AND c.customer_id = $2 AND (NOT $10 OR $6 = 0 OR h.points - h.gone >= $6)
            RETURNING h.points - h.gone AS after, h.gone),
        told AS (
            INSERT INTO loyalty_entry (tenant_id, customer_id, source_id, kind, points, balance, sale_id, at)
            SELECT $1, $2, $3, e.kind, e.points, e.balance, $4, $5
            FROM moved m, LATERAL (VALUES ('expired', -m.gone, m.after), ($7, -$6, m.after - $6), ($9, $8, m.after - $6 + $8)) AS e(kind, points, balance)
            WHERE e.points <> 0)
        SELECT must(count(*) = 1, 'points_insufficient') FROM moved
        """;

    /// <summary>What a sale spends; what it earns only once it is completed.</summary>
    public static NpgsqlBatchCommand? OfSale(Guid tenant, SaleCompleted sale, bool completed)
    {
        if (sale is not { CustomerId: { } customer, Loyalty: { } points } || (points.Burned == 0 && (points.Earned == 0 || !completed)))
            return null;
        var command = new NpgsqlBatchCommand(Move);
        Fill(command.Parameters, tenant, customer, sale.SaleId, sale.SaleId, sale.CompletedAt,
            (points.Burned, LoyaltyKinds.Spent), (completed ? points.Earned : 0, LoyaltyKinds.Earned), mustBeThere: true);
        return command;
    }

    /// <summary>A sale whose payment has come earns now what it promised.</summary>
    public static Task Earn(TransactionDb db, SaleCompleted sale, CancellationToken ct) =>
        Change(db, sale, sale.SaleId, (0, LoyaltyKinds.TakenBack), (sale.Loyalty?.Earned ?? 0, LoyaltyKinds.Earned), ct);

    /// <summary>Takes back what the sale had earned and gives back what it had spent, or so much of both.</summary>
    public static Task TakeBack(TransactionDb db, SaleCompleted sale, Guid source, long earned, long spent, CancellationToken ct) =>
        Change(db, sale, source, (earned, LoyaltyKinds.TakenBack), (spent, LoyaltyKinds.GivenBack), ct);

    private static async Task Change(
        TransactionDb db, SaleCompleted sale, Guid source, (long Points, string Kind) goes, (long Points, string Kind) comes, CancellationToken ct)
    {
        if (sale.CustomerId is not { } customer || (goes.Points == 0 && comes.Points == 0))
            return;
        await using var command = new NpgsqlCommand(Move, (NpgsqlConnection)db.Database.GetDbConnection());
        Fill(command.Parameters, db.Tenant!.Value, customer, source, sale.SaleId, db.Now, goes, comes, mustBeThere: false);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static void Fill(
        NpgsqlParameterCollection parameters, Guid tenant, Guid customer, Guid source, Guid sale, DateTimeOffset at,
        (long Points, string Kind) goes, (long Points, string Kind) comes, bool mustBeThere)
    {
        foreach (var id in new[] { tenant, customer, source, sale })
            parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at });
        foreach (var (points, kind) in new[] { goes, comes })
        {
            parameters.Add(new NpgsqlParameter<long> { TypedValue = points });
            parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        }

        parameters.Add(new NpgsqlParameter<bool> { TypedValue = mustBeThere });
    }
}
