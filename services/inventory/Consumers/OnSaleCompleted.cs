using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Inventory.Stock;

namespace WebWaka.Inventory.Consumers;

/// <summary>What was sold leaves the store: one movement for each stocked line. Below zero too, since it has left.</summary>
internal sealed class OnSaleCompleted(NpgsqlDataSource source, TimeProvider clock) : IConsume<SaleCompleted>
{
    public Task Consume(Deliveries<SaleCompleted> batch, CancellationToken ct) =>
        source.ConsumeMovements(nameof(OnSaleCompleted), batch, clock, MovementsOf, ct);

    private static IEnumerable<Movement> MovementsOf(SaleCompleted sale) =>
        from line in sale.Lines
        where line is { Stocked: true, ProductId: not null }
        select new Movement(
            sale.StoreId, line.ProductId!.Value, -Quantities.Read(line.Quantity), MovementKind.Sale, sale.SaleId, line.Line, Reason: null,
            sale.CompletedAt, sale.CashierId);
}
