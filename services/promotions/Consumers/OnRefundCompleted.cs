using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Promotions.Redemptions;

namespace WebWaka.Promotions.Consumers;

/// <summary>Counts back what a sale was given once it is refunded whole; a part refund names no redemptions.</summary>
internal sealed class OnRefundCompleted(NpgsqlDataSource database, TimeProvider clock) : IConsume<RefundCompleted>
{
    public Task Consume(Deliveries<RefundCompleted> batch, CancellationToken ct) =>
        database.Record(
            nameof(OnRefundCompleted), batch, reversal: true, clock.GetUtcNow(),
            delivery => new Redeemed(delivery.EventId, delivery.Event.SaleId, delivery.Event.CompletedAt, delivery.Event.Redemptions), ct);
}
