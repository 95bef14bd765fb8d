using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.History.Audit;

/// <summary>The tenant's privileged acts, newest first, each with its hash, so that a head can be noted elsewhere.</summary>
internal static class ListAudit
{
    /// <param name="Entry">What was done: act, by, at, storeId, tillId, thingId, number, currency, amount, reason, tenantId, seq.</param>
    /// <param name="Hash">SHA-256 in hexadecimal.</param>
    public sealed record Item(long Seq, JsonNode Entry, string Hash);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/audit", Handle).WithName(nameof(ListAudit)).RequirePermission(Permissions.ReadAudit).Produces<Page<Item>>();

    private static async Task<IResult> Handle(int? limit, string? cursor, Caller caller, HistoryDb db, CancellationToken ct)
    {
        var before = BeforeOf(cursor);
        var size = Paging.Limit(limit);
        var page = await db.InTenant(caller.TenantId, async () =>
        {
            var rows = await db.Audit.AsNoTracking().Where(row => row.Seq < before).OrderByDescending(row => row.Seq).Take(size + 1).ToListAsync(ct);
            return Paging.Of(rows, size, row => row.Seq.ToString(CultureInfo.InvariantCulture));
        }, ct);
        return TypedResults.Ok(new Page<Item>(
            [.. page.Items.Select(row => new Item(row.Seq, JsonNode.Parse(row.Entry)!, Convert.ToHexStringLower(row.Hash)))], page.NextCursor));
    }

    private static long BeforeOf(string? cursor) => Paging.Decode(cursor) switch
    {
        null => long.MaxValue,
        var key when long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) => seq,
        _ => throw new ProblemException(CommonProblems.InvalidRequest.With("cursor: not one of ours")),
    };
}
