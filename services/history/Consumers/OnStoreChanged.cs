using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.History.Copies;

namespace WebWaka.History.Consumers;

/// <summary>An archived store stays: its receipts can still be printed.</summary>
internal sealed class OnStoreChanged(HistoryDb db) : IConsume<StoreChanged>
{
    public Task Consume(Deliveries<StoreChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnStoreChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                var row = await db.Stores.FindAsync([delivery.TenantId, e.StoreId], ct);
                if (row is null)
                    db.Add(row = new StoreRow { TenantId = delivery.TenantId, Id = e.StoreId, Name = e.Name, TimeZone = e.TimeZone });
                else if (row.Version >= e.Version)
                    continue;
                (row.Version, row.Name, row.Address, row.TimeZone) = (e.Version, e.Name, e.Address, e.TimeZone);
            }
        }, ct);
}
