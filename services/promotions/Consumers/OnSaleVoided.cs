using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Promotions.Redemptions;
using WebWaka.Promotions.Simulations;

namespace WebWaka.Promotions.Consumers;

/// <summary>Counts back what a voided sale was given. It may be heard of before the sale: the sums come out the same.</summary>
internal sealed class OnSaleVoided(NpgsqlDataSource database, TimeProvider clock) : IConsume<SaleVoided>
{
    public Task Consume(Deliveries<SaleVoided> batch, CancellationToken ct) =>
        database.Record(
            nameof(OnSaleVoided), batch, reversal: true, clock.GetUtcNow(),
            delivery => new Redeemed(delivery.EventId, delivery.Event.SaleId, delivery.Event.VoidedAt, delivery.Event.Redemptions), ct,
            KeepSales.Remove);
}
