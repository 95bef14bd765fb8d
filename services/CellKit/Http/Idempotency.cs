using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace WebWaka.CellKit;

/// <summary>The header <c>Idempotency-Key</c>: required wherever it is a parameter. Made once by the caller and kept with the request.</summary>
public readonly record struct IdempotencyKey(string Value)
{
    public static ValueTask<IdempotencyKey> BindAsync(HttpContext http, ParameterInfo _)
    {
        var value = http.Request.Headers["Idempotency-Key"].ToString();
        if (value.Length is 0 or > 200 || !value.All(c => c is > ' ' and <= '~'))
            throw new ProblemException(CommonProblems.IdempotencyKeyMissing);
        if (CardNumbers.In(value))
            throw new ProblemException(CommonProblems.CardNumberRefused.With("Idempotency-Key"));
        return new(new IdempotencyKey(value));
    }
}

/// <summary>What was answered to a key. The body is kept as sent, so that a repeat gets the same bytes.</summary>
public sealed class IdempotencyRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public required string Route { get; init; }
    public required string Key { get; init; }
    public required byte[] Fingerprint { get; init; }
    public int Status { get; set; }
    public string Body { get; set; } = "";
    public DateTimeOffset At { get; init; }
}

public static class Idempotency
{
    /// <summary>SHA-256 of the request as we understand it, so that spacing and the order of members do not matter.</summary>
    public static byte[] Fingerprint<T>(T request) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, Json.Options));

    /// <summary>
    /// Runs <paramref name="work"/> at most once for the tenant, route and key, in one transaction with the answer it gives. A
    /// repeat is answered from the stored row, byte for byte; a repeat in flight waits for the first. Problems are not stored:
    /// nothing was done, so the same key may try again.
    /// </summary>
    public static async Task<IResult> Once<TRequest, TAnswer>(
        this CellDb db, Guid tenant, string route, IdempotencyKey key, TRequest request, int status,
        Func<Task<Outcome<TAnswer>>> work, CancellationToken ct)
    {
        var fingerprint = Fingerprint(request);
        var outcome = await db.InTenant<IdempotencyRow>(tenant, async () =>
        {
            var claimed = await db.Database.ExecuteSqlAsync(
                $"INSERT INTO idempotency (tenant_id, route, key, fingerprint, status, body, at) VALUES ({tenant}, {route}, {key.Value}, {fingerprint}, 0, '', {db.Clock.GetUtcNow()}) ON CONFLICT DO NOTHING", ct);
            var row = await db.Idempotency.SingleAsync(r => r.Route == route && r.Key == key.Value, ct);
            if (claimed == 0)
                return row;
            var done = await work();
            if (done.Problem is { } problem)
                return problem;
            row.Status = status;
            row.Body = JsonSerializer.Serialize(done.Value, Json.Options);
            return row;
        }, ct);
        return outcome.Problem is { } refused ? refused.ToHttp() : Answer(outcome.Value!, fingerprint);
    }

    /// <summary>The stored answer, or the problem that the key was used with another body.</summary>
    public static IResult Answer(IdempotencyRow stored, byte[] fingerprint) =>
        stored.Fingerprint.AsSpan().SequenceEqual(fingerprint)
            ? TypedResults.Text(stored.Body, "application/json; charset=utf-8", statusCode: stored.Status)
            : CommonProblems.IdempotencyKeyReused.ToHttp();
}
