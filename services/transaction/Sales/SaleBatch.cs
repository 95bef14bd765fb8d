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

/// <summary>How saving a sale ended: its number when it was saved and has one, its problem when it was refused.</summary>
internal readonly record struct SaveOutcome(SaveResult Result, string? Number = null, Problem? Problem = null);

/// <summary>
/// A sale's one round trip and one commit: guards that raise by name, the number, the answer, the sale, its event and the claims.
/// An implicit transaction: all of it or nothing. All but the claims is one function of the database (save_sale), because
/// planning and starting statements costs PostgreSQL more than their rows; a test compares its columns with the model.
/// One connection with the commands that nearly every sale is, prepared once and filled again for each. Several plain sales make
/// one round trip and one commit too.
/// </summary>
internal sealed class SaleBatch : IAsyncDisposable
{
    /// <summary>SQLSTATE of a guard that failed; the message is its code.</summary>
    public const string GuardFailed = "WW001";

    private const string RulesMovedCode = "rules_moved";

    private const string WaitPatiently = "SELECT set_config('lock_timeout', '0', true)";
    private readonly NpgsqlConnection _connection;

    /// <summary>By how many sales they save.</summary>
    private readonly Dictionary<int, NpgsqlBatch> _plain = [];

    private SaleBatch(NpgsqlConnection connection) => _connection = connection;

    /// <param name="database">Transaction's own.</param>
    /// <param name="briefWait">How long the session waits for a lock where nothing else is said.</param>
    public static async Task<SaleBatch> Open(NpgsqlDataSource database, TimeSpan briefWait)
    {
        var connection = await database.OpenConnectionAsync(CancellationToken.None);
        try
        {
            await using var command = new NpgsqlCommand($"SET lock_timeout = {(int)briefWait.TotalMilliseconds}", connection);
            await command.ExecuteNonQueryAsync();
            return new SaleBatch(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Everything of <paramref name="sales"/>; the number is in place of its placeholder in the answer, document and event. One that
    /// fails a guard among several throws, and nothing is saved.
    /// </summary>
    /// <param name="sales">Plain ones; one that is not is alone.</param>
    /// <param name="patiently">Wait for a lock as long as it is held. Otherwise it throws 55P03 soon, and nothing is saved.</param>
    public async Task<SaveOutcome[]> Save(IReadOnlyList<(Guid Tenant, SaleToSave Sale)> sales, bool patiently)
    {
        try
        {
            if (!patiently)
                return await Run(await Plain(sales), first: 0, sales.Count);
            await using var batch = Patient(sales[0].Tenant, sales[0].Sale);
            return await Run(batch, first: 1, 1);
        }
        catch (PostgresException error) when (sales.Count == 1 && error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return [new SaveOutcome(SaveResult.Repeated)];
        }
        catch (PostgresException error) when (sales.Count == 1 && error.SqlState == GuardFailed)
        {
            return [error.MessageText == RulesMovedCode ? new(SaveResult.RulesMoved) : new(SaveResult.Refused, Problem: ProblemOf(error.MessageText))];
        }
    }

    private async Task<NpgsqlBatch> Plain(IReadOnlyList<(Guid Tenant, SaleToSave Sale)> sales)
    {
        if (!_plain.TryGetValue(sales.Count, out var batch))
        {
            batch = new NpgsqlBatch(_connection);
            for (var n = 0; n < sales.Count; n++)
                batch.BatchCommands.Add(Command());
            await batch.PrepareAsync();
            _plain.Add(sales.Count, batch);
        }

        for (var n = 0; n < sales.Count; n++)
            Fill(batch.BatchCommands[n].Parameters, sales[n].Tenant, sales[n].Sale);
        return batch;
    }

    /// <summary>A sale that takes from a limited supply, is a known customer's, or waits for its payment; or one that others' must not wait with.</summary>
    private NpgsqlBatch Patient(Guid tenant, SaleToSave sale)
    {
        var save = Command();
        var batch = new NpgsqlBatch(_connection) { BatchCommands = { new NpgsqlBatchCommand(WaitPatiently), save } };
        Fill(save.Parameters, tenant, sale);
        // After the till's row: every sale locks in the same order.
        ClaimCommands.AddTo(batch, tenant, sale.Document, sale.Claims, sale.MustBeFirst);
        if (Points.OfSale(tenant, sale.Document, completed: sale.AwaitingPayment.Count == 0) is { } points)
            batch.BatchCommands.Add(points);
        foreach (var ticket in sale.AwaitingPayment)
            batch.BatchCommands.Add(Expect(tenant, sale.Document.SaleId, ticket));
        return batch;
    }

    /// <summary>What its commands from <paramref name="first"/> on answer, once all of it is committed.</summary>
    private static async Task<SaveOutcome[]> Run(NpgsqlBatch batch, int first, int sales)
    {
        Failpoints.Pass(Failpoint.BeforeSaleCommit);
        var outcomes = new SaveOutcome[sales];
        await using var reader = await batch.ExecuteReaderAsync();
        for (var n = 0; n < first; n++)
            await reader.NextResultAsync();
        for (var n = 0; n < sales; n++)
        {
            await reader.ReadAsync();
            outcomes[n] = new SaveOutcome(SaveResult.Saved, reader.IsDBNull(0) ? null : reader.GetString(0));
            await reader.NextResultAsync();
        }

        while (await reader.NextResultAsync())
        {
            // Each command's errors arrive when its result is reached.
        }

        Failpoints.Pass(Failpoint.AfterSaleCommit);
        return outcomes;
    }

    /// <summary>
    /// All that a sale writes but its claims; pushed with the schema. The till's row is locked until the commit, so that its
    /// numbers have no gap; a sale that awaits its payment has no number yet, and closing the shift waits for it all the same.
    /// With other parameters it gets another name: processes of the version before go on calling the one they know.
    /// </summary>
    public const string Function = """
        CREATE OR REPLACE FUNCTION transaction.save_sale(
            p_tenant uuid, p_till uuid, p_shift uuid, p_rules bigint, p_route text, p_key text, p_fingerprint bytea, p_status int, p_answer text,
            p_at timestamptz, p_sale uuid, p_state text, p_store uuid, p_cashier uuid, p_currency text, p_total bigint, p_due bigint, p_cash bigint,
            p_document text, p_event uuid, p_trace text) RETURNS text LANGUAGE plpgsql AS $$
        DECLARE
            v_tenant text := set_config('app.tenant_id', p_tenant::text, true); -- not by PERFORM, which is a statement of its own
            v_number text;
            v_seq bigint;
            v_document text := p_document;
            v_answer text := p_answer;
        BEGIN
            IF p_state = 'awaitingPayment' THEN
                PERFORM FROM transaction.till_state WHERE tenant_id = p_tenant AND till_id = p_till AND shift_id = p_shift FOR SHARE;
            ELSE
                UPDATE transaction.till_state SET sale_seq = sale_seq + 1, last_number = code || lpad((sale_seq + 1)::text, 8, '0')
                    WHERE tenant_id = p_tenant AND till_id = p_till AND shift_id = p_shift RETURNING last_number, sale_seq INTO v_number, v_seq;
            END IF;
            IF NOT FOUND THEN
                RAISE EXCEPTION USING ERRCODE = 'WW001', MESSAGE = 'shift_not_open';
            END IF;
            PERFORM FROM transaction.rules_version WHERE tenant_id = p_tenant AND version = p_rules;
            IF NOT FOUND THEN
                RAISE EXCEPTION USING ERRCODE = 'WW001', MESSAGE = 'rules_moved';
            END IF;
            IF v_number IS NOT NULL THEN
                v_document := replace(p_document, '"\u0001"', '"' || v_number || '"');
                v_answer := replace(p_answer, '"\u0001"', '"' || v_number || '"');
            END IF;
            INSERT INTO transaction.idempotency (tenant_id, route, key, fingerprint, status, body, at)
                VALUES (p_tenant, p_route, p_key, p_fingerprint, p_status, v_answer, p_at);
            INSERT INTO transaction.sale (tenant_id, id, state, store_id, till_id, shift_id, cashier_id, number, series, seq, currency, total, due, cash, at,
                    document, fingerprint)
                VALUES (p_tenant, p_sale, p_state, p_store, p_till, p_shift, p_cashier, v_number, 'S', v_seq, p_currency, p_total, p_due, p_cash,
                    p_at, v_document, p_fingerprint);
            IF v_number IS NOT NULL THEN
                INSERT INTO transaction.outbox (tenant_id, event_id, type, payload, at, trace)
                    VALUES (p_tenant, p_event, 'SaleCompleted', v_document, p_at, p_trace);
            END IF;
            RETURN v_number;
        END $$;
        """;

    private const string SaveSql =
        "SELECT save_sale($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";

    internal const string InsertPendingTender =
        "INSERT INTO pending_tender (tenant_id, sale_id, tender, amount, currency, expires_at) VALUES ($1, $2, $3, $4, $5, $6)";

    /// <summary>With parameters that have types and no values yet: <see cref="Fill"/> gives them.</summary>
    private static NpgsqlBatchCommand Command() => new(SaveSql)
    {
        Parameters =
        {
            Of<Guid>(), Of<Guid>(), Of<Guid>(), Of<long>(), Of<string>(), Of<string>(), Of<byte[]>(), Of<int>(), Of<string>(), Of<DateTimeOffset>(),
            Of<Guid>(), Of<string>(), Of<Guid>(), Of<Guid>(), Of<string>(), Of<long>(), Of<long>(), Of<long>(), Of<string>(), Of<Guid>(), Of<string>(),
        },
    };

    /// <summary>$1 and so on of the function.</summary>
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

    public bool IsOpen => _connection.State == System.Data.ConnectionState.Open;

    public async ValueTask DisposeAsync()
    {
        foreach (var batch in _plain.Values)
            await batch.DisposeAsync();
        await _connection.DisposeAsync();
    }
}

/// <summary>A decided sale with what makes its commit safe to repeat.</summary>
internal sealed record SaleToSave(
    Contracts.Transaction.SaleCompleted Document, long RulesVersion, string Key, byte[] Fingerprint, int Status, string Answer, Claim[] Claims,
    IReadOnlyList<PaymentTicket> AwaitingPayment, Guid EventId, string? Trace, bool MustBeFirst = false)
{
    /// <summary>Nothing but its own rows: no claims, no customer, no payment to wait for.</summary>
    public bool IsPlain => Claims.Length == 0 && AwaitingPayment.Count == 0 && Document.CustomerId is null;
}
