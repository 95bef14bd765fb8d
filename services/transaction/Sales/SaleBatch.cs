using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using WebWaka.CellKit;
using WebWaka.Transaction.Core;

namespace WebWaka.Transaction.Sales;

/// <summary>How saving a sale ended.</summary>
internal enum SaveResult
{
    Saved,

    /// <summary>The key or the sale id was there before, or a guard failed while another request with the key was first.</summary>
    Repeated,

    /// <summary>A copy changed since the cart was priced: price again.</summary>
    RulesMoved,

    /// <summary>A guard failed: see the problem.</summary>
    Refused,
}

/// <summary>
/// A sale's one round trip and one commit: guards that raise by name, the number, the claims, the answer, the sale and its
/// event. An implicit transaction: all of it or nothing. Plain SQL because the hot path needs it; a test compares its columns
/// with the model.
/// </summary>
internal static class SaleBatch
{
    /// <summary>SQLSTATE of <c>must(condition, code)</c>; the message is the code.</summary>
    public const string GuardFailed = "WW001";

    private const string RulesMovedCode = "rules_moved";

    /// <summary>Everything of <paramref name="sale"/>; the number is in place of its placeholder in the answer, document and event.</summary>
    public static async Task<(SaveResult Result, string? Number, Problem? Problem)> Save(
        NpgsqlDataSource database, Guid tenant, SaleToSave sale, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Inbox.SetTenant(tenant));
        Add(batch, "SELECT must(EXISTS (SELECT FROM rules_version WHERE tenant_id = $1 AND version = $2), 'rules_moved')", tenant, sale.RulesVersion);
        var completed = sale.AwaitingPayment.Count == 0;
        Add(batch, completed ? TakeNumber : HoldShift, tenant, sale.Document.TillId, sale.Document.ShiftId);
        Add(batch, InsertIdempotency, tenant, CompleteSale.Route, sale.Key, sale.Fingerprint, sale.Status, sale.Answer, sale.Document.CompletedAt, sale.Document.TillId);
        foreach (var claim in sale.Claims)
            AddClaim(batch, tenant, claim);
        AddSale(batch, tenant, sale, completed);
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.NextResultAsync(ct);
            await reader.NextResultAsync(ct);
            await reader.ReadAsync(ct);
            var number = completed ? reader.GetString(1) : null;
            while (await reader.NextResultAsync(ct))
            {
                // Each command's errors arrive when its result is reached.
            }

            return (SaveResult.Saved, number, null);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return (SaveResult.Repeated, null, null);
        }
        catch (PostgresException error) when (error.SqlState == GuardFailed)
        {
            return error.MessageText == RulesMovedCode ? (SaveResult.RulesMoved, null, null) : (SaveResult.Refused, null, ProblemOf(error.MessageText));
        }
    }

    /// <summary>Every insert, so that a test can hold its columns to the model.</summary>
    internal static readonly string[] Inserts = [InsertIdempotency, InsertSale, InsertEvent, InsertPendingTender];

    private const string TakeNumber = """
        WITH taken AS (
            UPDATE till_state SET sale_seq = sale_seq + 1, last_number = code || lpad((sale_seq + 1)::text, 8, '0')
            WHERE tenant_id = $1 AND till_id = $2 AND shift_id = $3 RETURNING last_number)
        SELECT must(count(*) = 1, 'shift_not_open'), min(last_number) FROM taken
        """;

    private const string HoldShift =
        "SELECT must((SELECT true FROM till_state WHERE tenant_id = $1 AND till_id = $2 AND shift_id = $3 FOR SHARE) IS TRUE, 'shift_not_open')";

    private const string InsertIdempotency = """
        INSERT INTO idempotency (tenant_id, route, key, fingerprint, status, body, at)
        SELECT $1, $2, $3, $4, $5, replace($6, '"\u0001"', '"' || last_number || '"'), $7 FROM till_state WHERE tenant_id = $1 AND till_id = $8
        """;

    private const string InsertSale = """
        INSERT INTO sale (tenant_id, id, state, store_id, till_id, shift_id, cashier_id, number, series, seq, currency, total, due, cash, at, document, fingerprint)
        SELECT $1, $2, $3, $4, $5, $6, $7, CASE WHEN $15 THEN last_number END, 'S', CASE WHEN $15 THEN sale_seq END, $8, $9, $10, $11, $12,
            replace($13, '"\u0001"', '"' || last_number || '"')::jsonb, $14 FROM till_state WHERE tenant_id = $1 AND till_id = $5
        """;

    private const string InsertEvent = """
        INSERT INTO outbox (tenant_id, event_id, type, payload, at, trace)
        SELECT $1, $2, 'SaleCompleted', replace($3, '"\u0001"', '"' || last_number || '"'), $4, $5 FROM till_state WHERE tenant_id = $1 AND till_id = $6
        """;

    private const string InsertPendingTender =
        "INSERT INTO pending_tender (tenant_id, sale_id, tender, amount, currency, expires_at) VALUES ($1, $2, $3, $4, $5, $6)";

    private static void AddSale(NpgsqlBatch batch, Guid tenant, SaleToSave sale, bool completed)
    {
        var d = sale.Document;
        var document = JsonSerializer.Serialize(d, Json.Options);
        Add(batch, InsertSale, tenant, d.SaleId, completed ? SaleStates.Completed : SaleStates.AwaitingPayment, d.StoreId, d.TillId, d.ShiftId, d.CashierId,
            d.Currency, d.Total, d.Due, Drawer.CashOf(d.Tenders), d.CompletedAt, document, sale.Fingerprint, completed);
        if (completed)
            Add(batch, InsertEvent, tenant, sale.EventId, document, d.CompletedAt, (object?)sale.Trace ?? DBNull.Value, d.TillId);
        foreach (var ticket in sale.AwaitingPayment)
            Add(batch, InsertPendingTender, tenant, d.SaleId, ticket.Tender, ticket.Amount, ticket.Currency, ticket.ExpiresAt);
    }

    private static void AddClaim(NpgsqlBatch batch, Guid tenant, Claim claim)
    {
        if (claim.Coupon is { } code)
            Add(batch, """
                WITH claimed AS (UPDATE coupon SET used = used + 1
                    WHERE tenant_id = $1 AND code = $2 AND NOT archived AND (use_limit IS NULL OR used < use_limit) RETURNING 1)
                SELECT must(count(*) = 1, 'coupon_used_up') FROM claimed
                """, tenant, code);
        else
            Add(batch, """
                WITH claimed AS (UPDATE promotion SET used = used + 1
                    WHERE tenant_id = $1 AND id = $2 AND NOT archived AND (total_limit IS NULL OR used < total_limit) RETURNING 1)
                SELECT must(count(*) = 1, 'promotion_used_up') FROM claimed
                """, tenant, claim.Promotion!.Value);
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value is DBNull ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Text } : new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }

    private static Problem ProblemOf(string code) => code switch
    {
        "shift_not_open" => Problems.ShiftNotOpen,
        "coupon_used_up" => Problems.CouponUsedUp,
        "promotion_used_up" => Problems.PromotionUsedUp,
        _ => throw new InvalidOperationException($"a guard without a problem: {code}"),
    };
}

/// <summary>A decided sale with what makes its commit safe to repeat.</summary>
internal sealed record SaleToSave(
    Contracts.Transaction.SaleCompleted Document, long RulesVersion, string Key, byte[] Fingerprint, int Status, string Answer, Claim[] Claims,
    IReadOnlyList<PaymentTicket> AwaitingPayment, Guid EventId, string? Trace);
