using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Inventory.Stock;

namespace WebWaka.Inventory.Consumers;

/// <summary>Goods that a refund puts back on the shelf, at the store that took them back.</summary>
internal sealed class OnRefundCompleted(NpgsqlDataSource source, TimeProvider clock) : IConsume<RefundCompleted>
{
    public Task Consume(Deliveries<RefundCompleted> batch, CancellationToken ct) =>
        source.ConsumeMovements(nameof(OnRefundCompleted), batch, clock, MovementsOf, ct);

    private static IEnumerable<Movement> MovementsOf(RefundCompleted refund) =>
        from line in refund.Lines
        where line is { Restock: true, ProductId: not null }
        select new Movement(
            refund.StoreId, line.ProductId!.Value, Quantities.Read(line.Quantity), MovementKind.Return, refund.RefundId, line.Line, refund.Reason,
            refund.CompletedAt, refund.RefundedBy);
}
