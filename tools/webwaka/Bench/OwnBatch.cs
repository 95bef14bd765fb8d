using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Transaction.Core;
using WebWaka.Transaction.Sales;

namespace WebWaka.Tool.Bench;

/// <summary>
/// The commit of a sale as Transaction makes it, again and again without HTTP, pricing and consumers: what its SQL costs beside
/// the limit. Its sales are copies of ones that were sold before, at their own tills; their events are handed on as any.
/// </summary>
internal sealed class OwnBatch
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private readonly SaleBatches _batches;
    private readonly List<(Guid Tenant, SaleToSave Sale)> _models;

    private OwnBatch(SaleBatches batches, List<(Guid, SaleToSave)> models) => (_batches, _models) = (batches, models);

    /// <param name="ops">Reads all tenants' sales.</param>
    /// <param name="batches">Transaction's own.</param>
    public static async Task<OwnBatch> Prepare(NpgsqlDataSource ops, SaleBatches batches, CancellationToken ct)
    {
        await using var command = ops.CreateCommand("""
            SELECT s.tenant_id, s.document, i.body, r.version
            FROM transaction.till_state t JOIN transaction.rules_version r USING (tenant_id)
            CROSS JOIN LATERAL (
                SELECT * FROM transaction.sale WHERE tenant_id = t.tenant_id AND till_id = t.till_id AND series = 'S' ORDER BY seq DESC LIMIT 1) s
            JOIN transaction.idempotency i ON i.tenant_id = s.tenant_id AND i.route = 'sales' AND i.key = s.id::text
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var models = new List<(Guid, SaleToSave)>();
        while (await reader.ReadAsync(ct))
        {
            var document = JsonSerializer.Deserialize<SaleCompleted>(reader.GetString(1), Json.Tolerant)!;
            var answer = reader.GetString(2).Replace($"\"{document.Number}\"", SaleNumber.InJson, StringComparison.Ordinal);
            models.Add((reader.GetGuid(0), new SaleToSave(
                document with { Number = SaleNumber.Placeholder }, reader.GetInt64(3), "", [], 201, answer, [], [], Guid.Empty, Trace)));
        }

        return new OwnBatch(batches, models);
    }

    /// <summary>Commits a second with so many clients.</summary>
    public async Task<double> Measure(int clients, TimeSpan length, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => Client(client, clients, clock, length, ct), ct)));
        return done.Sum() / clock.Elapsed.TotalSeconds;
    }

    private async Task<long> Client(int client, int clients, Stopwatch clock, TimeSpan length, CancellationToken ct)
    {
        var saved = 0L;
        for (var n = client; clock.Elapsed < length; n += clients)
        {
            var (tenant, model) = _models[n % _models.Count];
            var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            var sale = model with
            {
                Document = model.Document with { SaleId = id, CompletedAt = TimeProvider.System.GetUtcNow() },
                Answer = model.Answer.Replace(model.Document.SaleId.ToString(), id.ToString(), StringComparison.Ordinal),
                Key = id.ToString(), Fingerprint = RandomNumberGenerator.GetBytes(32), EventId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
            };
            var (result, _, problem) = await _batches.Save(tenant, sale, ct);
            if (result != SaveResult.Saved)
                throw new Standalone.StandaloneException($"a sale was not saved: {result} {problem?.Code}", "look at the messages above");
            saved++;
        }

        return saved;
    }
}
