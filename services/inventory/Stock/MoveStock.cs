using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using WebWaka.CellKit;

namespace WebWaka.Inventory.Stock;

/// <summary>Records stock moved by hand: all lines or none, once for its Idempotency-Key and once for its id.</summary>
internal static class MoveStock
{
    public sealed record Level(Guid StoreId, Guid ProductId, decimal OnHand);

    /// <param name="Levels">What the stores now have of the products.</param>
    public sealed record Answer(Guid Id, DocumentKind Kind, Level[] Levels);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/stock/movements", Handle).WithName(nameof(MoveStock)).RequirePermission(Permissions.EditStock).Produces<Answer>(201);

    private static async Task<IResult> Handle(MoveStockRequest request, IdempotencyKey key, Caller caller, InventoryDb db, CancellationToken ct)
    {
        if (request.Check() is { } fault)
            return fault.ToHttp();
        return await db.Once<MoveStockRequest, Answer>(caller.TenantId, nameof(MoveStock), key, request, StatusCodes.Status201Created, async () =>
        {
            if (await Unknown(db, request, ct) is { } unknown)
                return unknown;
            var id = request.Id ?? db.NewId();
            var levels = await LockLevels(db, request, ct);
            if (await db.Movements.AnyAsync(m => MovementKinds.ByHand.Contains(m.Kind) && m.SourceId == id, ct))
                return CommonProblems.AlreadyExists.With($"a stock document with the id {id}");
            if (request.Kind == DocumentKind.Count && StockMoved(request, levels) is { } moved)
                return moved;
            var movements = MovementsOf(request, id, caller.UserId, db.Now).ToList();
            await Record(db, movements, ct);
            foreach (var movement in movements)
                levels[(movement.StoreId, movement.ProductId)] += movement.Quantity;
            return new Answer(id, request.Kind, [.. levels.Select(level => new Level(level.Key.StoreId, level.Key.ProductId, level.Value))]);
        }, ct);
    }

    private static async Task<Problem?> Unknown(InventoryDb db, MoveStockRequest request, CancellationToken ct)
    {
        var stores = await db.Stores.Where(s => request.Stores.Contains(s.Id)).Select(s => s.Id).ToListAsync(ct);
        foreach (var store in request.Stores.Except(stores))
            return Problems.StoreUnknown.With($"store {store}");
        var ids = request.Lines.Select(line => line.ProductId).Distinct().ToList();
        var products = await db.Products.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Stocked, ct);
        for (var at = 0; at < request.Lines.Length; at++)
        {
            if (!products.TryGetValue(request.Lines[at].ProductId, out var stocked))
                return Problems.ProductUnknown.With($"lines[{at}]: product {request.Lines[at].ProductId}");
            if (!stocked)
                return Problems.ProductNotStocked.With($"lines[{at}]: product {request.Lines[at].ProductId}");
        }

        return null;
    }

    /// <summary>Holds what stores have of the products until the commit, so that a count is compared with what it then changes.</summary>
    private static async Task<SortedDictionary<(Guid StoreId, Guid ProductId), decimal>> LockLevels(
        InventoryDb db, MoveStockRequest request, CancellationToken ct)
    {
        var stores = request.Stores;
        var products = request.Lines.Select(line => line.ProductId).Distinct().ToArray();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO stock_level (tenant_id, store_id, product_id, on_hand, moved_at)
            SELECT {db.Tenant}, s.id, p.id, 0, {db.Now} FROM unnest({stores}) AS s(id), unnest({products}) AS p(id) ORDER BY s.id, p.id
            ON CONFLICT DO NOTHING
            """, ct);
        var rows = await db.Levels.FromSql($"""
            SELECT * FROM stock_level WHERE tenant_id = {db.Tenant} AND store_id = ANY ({stores}) AND product_id = ANY ({products})
            ORDER BY store_id, product_id FOR UPDATE
            """).AsNoTracking().ToListAsync(ct);
        return new(rows.ToDictionary(row => (row.StoreId, row.ProductId), row => row.OnHand));
    }

    private static Problem? StockMoved(MoveStockRequest request, SortedDictionary<(Guid StoreId, Guid ProductId), decimal> levels)
    {
        var moved = request.Lines.Where(line => levels[(request.StoreId, line.ProductId)] != line.ExpectedOnHand)
            .Select(line => new Level(request.StoreId, line.ProductId, levels[(request.StoreId, line.ProductId)])).ToList();
        return moved.Count == 0 ? null : Problems.StockMoved.With("levels", moved);
    }

    private static IEnumerable<Movement> MovementsOf(MoveStockRequest request, Guid id, Guid by, DateTimeOffset now)
    {
        for (var at = 0; at < request.Lines.Length; at++)
        {
            var line = request.Lines[at];
            var (kind, quantity) = request.Kind switch
            {
                DocumentKind.Receipt => (MovementKind.Receipt, line.Quantity),
                DocumentKind.Adjustment => (MovementKind.Adjustment, line.Quantity),
                DocumentKind.Waste => (MovementKind.Waste, -line.Quantity),
                DocumentKind.Count => (MovementKind.Count, line.Quantity - line.ExpectedOnHand!.Value),
                _ => (MovementKind.TransferOut, -line.Quantity),
            };
            var movement = new Movement(request.StoreId, line.ProductId, quantity, kind, id, at + 1, Text.Tidy(request.Reason), now, by);
            yield return movement;
            if (request.ToStoreId is { } to)
                yield return movement with { StoreId = to, Quantity = -quantity, Kind = MovementKind.TransferIn };
        }
    }

    private static async Task Record(InventoryDb db, List<Movement> movements, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        batch.BatchCommands.Add(Ledger.Record(db.Tenant!.Value, movements, db.Clock));
        await batch.ExecuteNonQueryAsync(ct);
    }
}
