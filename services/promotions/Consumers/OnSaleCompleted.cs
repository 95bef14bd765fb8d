using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Promotions.Redemptions;

namespace WebWaka.Promotions.Consumers;

/// <summary>Counts the promotions that a sale was given.</summary>
internal sealed class OnSaleCompleted(NpgsqlDataSource database, TimeProvider clock) : IConsume<SaleCompleted>
{
    public Task Consume(Deliveries<SaleCompleted> batch, CancellationToken ct) =>
        database.Record(
            nameof(OnSaleCompleted), batch, reversal: false, clock.GetUtcNow(),
            delivery => new Redeemed(delivery.EventId, delivery.Event.SaleId, delivery.Event.CompletedAt, delivery.Event.Redemptions), ct);
}
