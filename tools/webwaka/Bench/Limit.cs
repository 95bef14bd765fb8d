using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace WebWaka.Tool.Bench;

/// <summary>
/// What PostgreSQL itself can make durable: one sale as a prepared, pipelined, single-commit round trip on tables of its own
/// (Limit.sql), driven from long-lived connections. The denominator of every ratio.
/// </summary>
internal sealed class Limit
{
    private readonly NpgsqlDataSource _database;

    private Limit(NpgsqlDataSource database) => _database = database;

    public static async Task<Limit> Prepare(string adminConnection, CancellationToken ct)
    {
        await using (var admin = NpgsqlDataSource.Create(adminConnection))
        {
            await using var stream = typeof(Limit).Assembly.GetManifestResourceStream("limit.sql")!;
            using var reader = new StreamReader(stream);
            await using var command = admin.CreateCommand(await reader.ReadToEndAsync(ct));
            await command.ExecuteNonQueryAsync(ct);
        }

        var settings = new NpgsqlConnectionStringBuilder(adminConnection) { Username = "limit_app", Password = "limit", SearchPath = "limit_pos", MaxAutoPrepare = 20, AutoPrepareMinUsages = 1, MaxPoolSize = 64 };
        return new Limit(NpgsqlDataSource.Create(settings.ConnectionString));
    }

    /// <summary>Sales a second with so many clients.</summary>
    public async Task<double> Measure(int clients, TimeSpan length, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => Client(client, clock, length, ct), ct)));
        return done.Sum() / clock.Elapsed.TotalSeconds;
    }

    private async Task<long> Client(int client, Stopwatch clock, TimeSpan length, CancellationToken ct)
    {
        await using var connection = await _database.OpenConnectionAsync(ct);
        var random = new Random(client);
        var sales = 0L;
        while (clock.Elapsed < length)
        {
            var tenant = random.Next(1, 101);
            var first = random.Next(1, 81);
            var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            await using var batch = new NpgsqlBatch(connection);
            Add(batch, "SELECT set_config('app.tenant_id', $1, true)", tenant.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Add(batch, "INSERT INTO idempotency (tenant_id, idem_key, sale_id) VALUES ($1, $2, $3)", tenant, id.ToString(), id);
            Add(batch, "INSERT INTO sale VALUES ($1, $2, 1, $3, $4, 'NGN', 19900, 995, 1340, 19245, now())", tenant, id, random.Next(1, 21), $"R-{id}");
            Add(batch, """
                INSERT INTO sale_line VALUES ($1, $2, 1, $3, 2, 1990, 199, 268, 3849), ($1, $2, 2, $3 + 1, 2, 1990, 199, 268, 3849), ($1, $2, 3, $3 + 5, 2, 1990, 199, 268, 3849),
                    ($1, $2, 4, $3 + 9, 2, 1990, 199, 268, 3849), ($1, $2, 5, $3 + 13, 2, 1990, 199, 268, 3849)
                """, tenant, id, first);
            Add(batch, "INSERT INTO payment VALUES ($1, $2, 1, 'cash', 9622, $3), ($1, $2, 2, 'card', 9622, $3)", tenant, id, $"ref-{id}");
            Add(batch, "INSERT INTO outbox (tenant_id, event_type, aggregate_id, payload) VALUES ($1, 'sale.completed.v1', $2, $3::jsonb)", tenant, id, Payload);
            Add(batch, "UPDATE stock SET on_hand = on_hand - 2, version = version + 1 WHERE tenant_id = $1 AND product_id IN ($2, $2 + 1, $2 + 5, $2 + 9, $2 + 13) AND on_hand >= 2", tenant, first);
            await batch.ExecuteNonQueryAsync(ct);
            sales++;
        }

        return sales;
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(
                value is string ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Text } : new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }

    /// <summary>An event of the size that a sale of five lines has.</summary>
    private static readonly string Payload =
        "{\"type\":\"sale.completed.v1\",\"lines\":[" + string.Join(',', Enumerable.Range(1, 5).Select(line =>
            $"{{\"lineNo\":{line},\"productId\":\"00000000-0000-7000-8000-00000000000{line}\",\"sku\":\"SKU-1-{line}\",\"name\":\"Product name of line {line}\",\"qty\":2," +
            "\"unitPrice\":{\"minor\":1990,\"currency\":\"NGN\"},\"discounts\":[{\"promo\":\"PROMO-10\",\"minor\":199}],\"tax\":{\"code\":\"VAT\",\"bp\":750,\"minor\":268},\"total\":{\"minor\":3849,\"currency\":\"NGN\"}}")) +
        "],\"payments\":[{\"method\":\"cash\",\"minor\":10000},{\"method\":\"card\",\"minor\":9245,\"ref\":\"auth-123456\"}],\"totals\":{\"subtotal\":19900,\"discount\":995,\"tax\":1340,\"total\":19245}," +
        $"\"pad\":\"{new string('x', 400)}\"}}";
}
