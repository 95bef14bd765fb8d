using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.History.Copies;

namespace WebWaka.History.Consumers;

internal sealed class OnTenantSettingsChanged(HistoryDb db) : IConsume<TenantSettingsChanged>
{
    public Task Consume(Deliveries<TenantSettingsChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnTenantSettingsChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                var row = await db.Settings.FindAsync([delivery.TenantId], ct);
                if (row is null)
                    db.Add(row = new SettingsRow { TenantId = delivery.TenantId, Name = e.Name, Country = e.Country });
                else if (row.Version >= e.Version)
                    continue;
                (row.Version, row.Name, row.Country, row.TaxId, row.ReceiptFooter) = (e.Version, e.Name, e.Country, e.TaxId, e.ReceiptFooter);
            }
        }, ct);
}
