using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.History.Copies;

namespace WebWaka.History.Consumers;

internal sealed class OnTillChanged(HistoryDb db) : IConsume<TillChanged>
{
    public Task Consume(Deliveries<TillChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnTillChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                var row = await db.Tills.FindAsync([delivery.TenantId, e.TillId], ct);
                if (row is null)
                    db.Add(row = new TillRow { TenantId = delivery.TenantId, Id = e.TillId, Name = e.Name });
                else if (row.Version >= e.Version)
                    continue;
                (row.Version, row.Name) = (e.Version, e.Name);
            }
        }, ct);
}
