using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using WebWaka.CellKit;
using WebWaka.Transaction.Claims;
using WebWaka.Transaction.Core;
using WebWaka.Transaction.Loyalty;

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
/// A sale's one round trip and one commit: guards that raise by name, the number, the answer, the sale, its event and the claims.
/// An implicit transaction: all of it or nothing. Plain SQL because the hot path needs it, and one statement for all but the
/// claims, because starting a statement costs PostgreSQL more than a row; a test compares its columns with the model.
/// One connection with the batch that nearly every sale is, prepared once and filled again for each.
/// </summary>
internal sealed class SaleBatch : IAsyncDisposable
{
    /// <summary>SQLSTATE of <c>must(condition, code)</c>; the message is the code.</summary>
    public const string GuardFailed = "WW001";

    private const string RulesMovedCode = "rules_moved";
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBatch _plain;

    private SaleBatch(NpgsqlConnection connection)
    {
        _connection = connection;
        _plain = new NpgsqlBatch(connection) { BatchCommands = { Inbox.SetTenant(Guid.Empty), Command(CompleteSql) } };
    }

    public static async Task<SaleBatch> Open(NpgsqlDataSource database, CancellationToken ct)
    {
        var batch = new SaleBatch(await database.OpenConnectionAsync(ct));
        try
        {
            await batch._plain.PrepareAsync(ct);
            return batch;
        }
        catch
        {
            await batch.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything of <paramref name="sale"/>; the number is in place of its placeholder in the answer, document and event.</summary>
    public async Task<(SaveResult Result, string? Number, Problem? Problem)> Save(Guid tenant, SaleToSave sale, CancellationToken ct)
    {
        if (sale.Claims.Length > 0 || sale.AwaitingPayment.Count > 0 || sale.Document.CustomerId is not null)
        {
            await using var batch = Special(tenant, sale);
            return await Run(batch, ct);
        }

        Set(_plain.BatchCommands[0].Parameters, 1, tenant.ToString());
        Fill(_plain.BatchCommands[1].Parameters, tenant, sale);
        return await Run(_plain, ct);
    }

    /// <summary>A sale that takes from a limited supply, is a known customer's, or waits for its payment.</summary>
    private NpgsqlBatch Special(Guid tenant, SaleToSave sale)
    {
        var awaits = sale.AwaitingPayment.Count > 0;
        var batch = new NpgsqlBatch(_connection) { BatchCommands = { Inbox.SetTenant(tenant), Command(awaits ? AwaitSql : CompleteSql) } };
        Fill(batch.BatchCommands[1].Parameters, tenant, sale);
        // After the till's row: every sale locks in the same order.
        ClaimCommands.AddTo(batch, tenant, sale.Document, sale.Claims, sale.MustBeFirst);
        if (Points.OfSale(tenant, sale.Document, completed: !awaits) is { } points)
            batch.BatchCommands.Add(points);
        foreach (var ticket in sale.AwaitingPayment)
            batch.BatchCommands.Add(Expect(tenant, sale.Document.SaleId, ticket));
        return batch;
    }

    private static async Task<(SaveResult Result, string? Number, Problem? Problem)> Run(NpgsqlBatch batch, CancellationToken ct)
    {
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.NextResultAsync(ct);
            await reader.ReadAsync(ct);
            var number = await reader.IsDBNullAsync(0, ct) ? null : reader.GetString(0);
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

    /// <summary>The till's row is locked until the commit, so its numbers have no gap. <c>held</c> is one row, or the statement has raised.</summary>
    private const string TakeNumber = $"""
        taken AS (
            UPDATE till_state SET sale_seq = sale_seq + 1, last_number = code || lpad((sale_seq + 1)::text, 8, '0')
            WHERE tenant_id = $1 AND till_id = $2 AND shift_id = $3 RETURNING last_number, sale_seq),
        held AS (SELECT {MustBeCurrent}, must(count(*) = 1, 'shift_not_open'), min(last_number) AS number, min(sale_seq) AS seq FROM taken)
        """;

    /// <summary>No number yet; closing the shift waits all the same.</summary>
    private const string HoldShift = $"""
        open AS (SELECT FROM till_state WHERE tenant_id = $1 AND till_id = $2 AND shift_id = $3 FOR SHARE),
        held AS (SELECT {MustBeCurrent}, must(count(*) = 1, 'shift_not_open'), NULL AS number, NULL::bigint AS seq FROM open)
        """;

    private const string MustBeCurrent = $"must(EXISTS (SELECT FROM rules_version WHERE tenant_id = $1 AND version = $4), '{RulesMovedCode}')";

    private const string InsertIdempotency = """
        INSERT INTO idempotency (tenant_id, route, key, fingerprint, status, body, at)
        SELECT $1, $5, $6, $7, $8, COALESCE(replace($9, '"\u0001"', '"' || number || '"'), $9), $10 FROM held
        """;

    private const string InsertSale = """
        INSERT INTO sale (
            tenant_id, id, state, store_id, till_id, shift_id, cashier_id, number, series, seq, currency, total, due, cash, at, document, fingerprint)
        SELECT $1, $11, $12, $13, $2, $3, $14, number, 'S', seq, $15, $16, $17, $18, $10, document::jsonb, $7 FROM written
        """;

    private const string InsertEvent = """
        INSERT INTO outbox (tenant_id, event_id, type, payload, at, trace)
        SELECT $1, $20, 'SaleCompleted', document, $10, $21 FROM written
        """;

    private const string InsertPendingTender =
        "INSERT INTO pending_tender (tenant_id, sale_id, tender, amount, currency, expires_at) VALUES ($1, $2, $3, $4, $5, $6)";

    private const string Written =
        """written AS (SELECT number, seq, COALESCE(replace($19, '"\u0001"', '"' || number || '"'), $19) AS document FROM held)""";

    private const string CompleteSql = $"""
        WITH {TakeNumber}, {Written}, answered AS ({InsertIdempotency}), sold AS ({InsertSale}), told AS ({InsertEvent})
        SELECT number FROM held
        """;

    private const string AwaitSql = $"WITH {HoldShift}, {Written}, answered AS ({InsertIdempotency}), sold AS ({InsertSale}) SELECT number FROM held";

    /// <summary>With parameters that have types and no values yet: <see cref="Fill"/> gives them.</summary>
    private static NpgsqlBatchCommand Command(string sql)
    {
        var command = new NpgsqlBatchCommand(sql)
        {
            Parameters =
            {
                Of<Guid>(), Of<Guid>(), Of<Guid>(), Of<long>(), Of<string>(), Of<string>(), Of<byte[]>(), Of<int>(), Of<string>(), Of<DateTimeOffset>(),
                Of<Guid>(), Of<string>(), Of<Guid>(), Of<Guid>(), Of<string>(), Of<long>(), Of<long>(), Of<long>(), Of<string>(),
            },
        };
        if (sql == CompleteSql)
        {
            command.Parameters.Add(Of<Guid>());
            command.Parameters.Add(Of<string>());
        }

        return command;
    }

    /// <summary>$1 and so on of the statements above.</summary>
    private static void Fill(NpgsqlParameterCollection parameters, Guid tenant, SaleToSave sale)
    {
        var d = sale.Document;
        Set(parameters, 1, tenant);
        Set(parameters, 2, d.TillId);
        Set(parameters, 3, d.ShiftId);
        Set(parameters, 4, sale.RulesVersion);
        Set(parameters, 5, CompleteSale.Route);
        Set(parameters, 6, sale.Key);
        Set(parameters, 7, sale.Fingerprint);
        Set(parameters, 8, sale.Status);
        Set(parameters, 9, sale.Answer);
        Set(parameters, 10, d.CompletedAt);
        Set(parameters, 11, d.SaleId);
        Set(parameters, 12, sale.AwaitingPayment.Count == 0 ? SaleStates.Completed : SaleStates.AwaitingPayment);
        Set(parameters, 13, d.StoreId);
        Set(parameters, 14, d.CashierId);
        Set(parameters, 15, d.Currency);
        Set(parameters, 16, d.Total);
        Set(parameters, 17, d.Due);
        Set(parameters, 18, Drawer.CashOf(d.Tenders));
        Set(parameters, 19, JsonSerializer.Serialize(d, Json.Options));
        if (sale.AwaitingPayment.Count > 0)
            return;
        Set(parameters, 20, sale.EventId);
        Set(parameters, 21, sale.Trace);
    }

    private static NpgsqlBatchCommand Expect(Guid tenant, Guid sale, PaymentTicket ticket) => new(InsertPendingTender)
    {
        Parameters = { Of(tenant), Of(sale), Of(ticket.Tender), Of(ticket.Amount), Of(ticket.Currency), Of(ticket.ExpiresAt) },
    };

    /// <summary>Typed, so that nothing is boxed and no type is guessed.</summary>
    private static NpgsqlParameter<T> Of<T>(T? value = default) => new() { TypedValue = value };

    private static void Set<T>(NpgsqlParameterCollection parameters, int number, T value) => ((NpgsqlParameter<T>)parameters[number - 1]).TypedValue = value;

    private static Problem ProblemOf(string code) => code switch
    {
        "shift_not_open" => Problems.ShiftNotOpen,
        "coupon_used_up" => Problems.CouponUsedUp,
        "promotion_used_up" => Problems.PromotionUsedUp,
        "points_insufficient" => Problems.PointsInsufficient,
        "lease_unknown" => Problems.LeaseUnknown,
        _ => throw new InvalidOperationException($"a guard without a problem: {code}"),
    };

    /// <summary>Whether its connection was gone when it was disposed of.</summary>
    public bool WasLost { get; private set; }

    public async ValueTask DisposeAsync()
    {
        WasLost = _connection.State != System.Data.ConnectionState.Open;
        await _plain.DisposeAsync();
        await _connection.DisposeAsync();
    }
}

/// <summary>A decided sale with what makes its commit safe to repeat.</summary>
internal sealed record SaleToSave(
    Contracts.Transaction.SaleCompleted Document, long RulesVersion, string Key, byte[] Fingerprint, int Status, string Answer, Claim[] Claims,
    IReadOnlyList<PaymentTicket> AwaitingPayment, Guid EventId, string? Trace, bool MustBeFirst = false);
