using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Promotions.Redemptions;
using WebWaka.Promotions.Simulations;

namespace WebWaka.Promotions.Consumers;

/// <summary>Counts the promotions that a sale was given, and keeps the sale for a while.</summary>
internal sealed class OnSaleCompleted(NpgsqlDataSource database, TimeProvider clock) : IConsume<SaleCompleted>
{
    public Task Consume(Deliveries<SaleCompleted> batch, CancellationToken ct) =>
        Record(batch, clock.GetUtcNow(), ct);

    private Task Record(Deliveries<SaleCompleted> batch, DateTimeOffset now, CancellationToken ct) =>
        database.Record(
            nameof(OnSaleCompleted), batch, reversal: false, now,
            delivery => new Redeemed(delivery.EventId, delivery.Event.SaleId, delivery.Event.CompletedAt, delivery.Event.Redemptions), ct,
            (commands, tenant, sales) => KeepSales.Add(commands, tenant, sales, now));
}
