using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Inventory.Stock;

namespace WebWaka.Inventory.Consumers;

/// <summary>What a voided sale took comes back. It may be heard before the sale: the sum is the same.</summary>
internal sealed class OnSaleVoided(NpgsqlDataSource source, TimeProvider clock) : IConsume<SaleVoided>
{
    public Task Consume(Deliveries<SaleVoided> batch, CancellationToken ct) =>
        source.ConsumeMovements(nameof(OnSaleVoided), batch, clock, MovementsOf, ct);

    private static IEnumerable<Movement> MovementsOf(SaleVoided sale) =>
        from line in sale.Stock
        select new Movement(
            sale.StoreId, line.ProductId, Quantities.Read(line.Quantity), MovementKind.Void, sale.SaleId, line.Line, sale.Reason,
            sale.VoidedAt, sale.VoidedBy);
}
