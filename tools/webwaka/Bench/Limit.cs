using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace WebWaka.Tool.Bench;

/// <summary>
/// What PostgreSQL itself can make durable: one sale as a prepared, pipelined, single-commit round trip on tables of its own
/// (limit.sql), by pgbench (limit.pgbench.sql); where that is missing, the same statements from here. The denominator of every
/// ratio.
/// </summary>
internal sealed partial class Limit
{
    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly NpgsqlDataSource _database;
    private readonly string? _pgbench;

    private Limit(NpgsqlConnectionStringBuilder settings, string? pgbench) =>
        (_settings, _database, _pgbench) = (settings, NpgsqlDataSource.Create(settings.ConnectionString), pgbench);

    /// <summary>What drives it: "pgbench" or "Npgsql".</summary>
    public string Driver => _pgbench is null ? "Npgsql" : "pgbench";

    public static async Task<Limit> Prepare(string adminConnection, CancellationToken ct)
    {
        await using (var admin = NpgsqlDataSource.Create(adminConnection))
        {
            await using var command = admin.CreateCommand(await Resource("limit.sql"));
            await command.ExecuteNonQueryAsync(ct);
        }

        return new Limit(
            new NpgsqlConnectionStringBuilder(adminConnection)
            {
                Username = "limit_app", Password = "limit", SearchPath = "limit_pos", MaxAutoPrepare = 20, AutoPrepareMinUsages = 1, MaxPoolSize = 64,
            },
            FindPgbench());
    }

    /// <summary>Sales a second with so many clients.</summary>
    public async Task<double> Measure(int clients, TimeSpan length, CancellationToken ct)
    {
        if (_pgbench is not null)
            return await ByPgbench(_pgbench, clients, length, ct);
        var payload = Payload().Match(await Resource("limit.pgbench.sql")).Groups["json"].Value;
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => Client(client, payload, clock, length, ct), ct)));
        return done.Sum() / clock.Elapsed.TotalSeconds;
    }

    private async Task<double> ByPgbench(string pgbench, int clients, TimeSpan length, CancellationToken ct)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, await Resource("limit.pgbench.sql"), ct);
            var start = new ProcessStartInfo(pgbench) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            string[] arguments =
            [
                "-n", "-M", "prepared", "-f", script, "-c", Text(clients), "-j", Text(Math.Min(clients, Environment.ProcessorCount)),
                "-T", Text((int)Math.Max(1, length.TotalSeconds)), "-h", _settings.Host!, "-p", Text(_settings.Port), "-U", _settings.Username!,
                _settings.Database!,
            ];
            foreach (var argument in arguments)
                start.ArgumentList.Add(argument);
            start.Environment["PGPASSWORD"] = _settings.Password;
            start.Environment["PGOPTIONS"] = "-c search_path=limit_pos";
            using var process = Process.Start(start)!;
            var (said, complaint) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
            await process.WaitForExitAsync(ct);
            return Rate().Match(await said) is { Success: true } rate
                ? double.Parse(rate.Groups["tps"].Value, CultureInfo.InvariantCulture)
                : throw new Standalone.StandaloneException(
                    $"pgbench measured nothing: {(await complaint).Trim()}", "take it out of the PATH to measure from here instead");
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static string? FindPgbench()
    {
        var name = OperatingSystem.IsWindows() ? "pgbench.exe" : "pgbench";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private static async Task<string> Resource(string name)
    {
        await using var stream = typeof(Limit).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"tps = (?<tps>[\d.]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();

    private async Task<long> Client(int client, string payload, Stopwatch clock, TimeSpan length, CancellationToken ct)
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
            Add(batch, "SELECT set_config('app.tenant_id', $1, true)", tenant.ToString(CultureInfo.InvariantCulture));
            Add(batch, "INSERT INTO idempotency (tenant_id, idem_key, sale_id) VALUES ($1, $2, $3)", tenant, id.ToString(), id);
            Add(batch, "INSERT INTO sale VALUES ($1, $2, 1, $3, $4, 'NGN', 19900, 995, 1340, 19245, now())", tenant, id, random.Next(1, 21), $"R-{id}");
            Add(batch, """
                INSERT INTO sale_line VALUES ($1, $2, 1, $3, 2, 1990, 199, 268, 3849), ($1, $2, 2, $3 + 1, 2, 1990, 199, 268, 3849),
                    ($1, $2, 3, $3 + 5, 2, 1990, 199, 268, 3849), ($1, $2, 4, $3 + 9, 2, 1990, 199, 268, 3849), ($1, $2, 5, $3 + 13, 2, 1990, 199, 268, 3849)
                """, tenant, id, first);
            Add(batch, "INSERT INTO payment VALUES ($1, $2, 1, 'cash', 9622, $3), ($1, $2, 2, 'card', 9622, $3)", tenant, id, $"ref-{id}");
            Add(batch, """
                INSERT INTO outbox (tenant_id, event_type, aggregate_id, payload) VALUES ($1, 'sale.completed.v1', $2, $3::jsonb)
                """, tenant, id, payload);
            Add(batch, """
                UPDATE stock SET on_hand = on_hand - 2, version = version + 1
                WHERE tenant_id = $1 AND product_id IN ($2, $2 + 1, $2 + 5, $2 + 9, $2 + 13) AND on_hand >= 2
                """, tenant, first);
            await batch.ExecuteNonQueryAsync(ct);
            sales++;
        }

        return sales;
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            var parameter = new NpgsqlParameter { Value = value };
            if (value is string)
                parameter.NpgsqlDbType = NpgsqlDbType.Text;
            command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
    }

    /// <summary>The event that pgbench's script writes.</summary>
    [GeneratedRegex(@"'(?<json>\{.*\})'", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Payload();
}
