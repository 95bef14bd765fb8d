using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Consumers;

internal sealed class OnTenantSettingsChanged(TransactionDb db, Books books) : IConsume<TenantSettingsChanged>
{
    public Task Consume(Deliveries<TenantSettingsChanged> batch, CancellationToken ct) =>
        db.Copies(books, nameof(OnTenantSettingsChanged), batch, async delivery =>
        {
            var e = delivery.Event;
            var row = await db.Settings.FindAsync([delivery.TenantId], ct);
            if (row is null)
            {
                await db.Database.ExecuteSqlAsync(
                    $"INSERT INTO sweep_turn (tenant_id, next_at) VALUES ({delivery.TenantId}, {db.Now}) ON CONFLICT DO NOTHING", ct);
                db.Add(row = new SettingsRow
                {
                    TenantId = delivery.TenantId, Name = e.Name, Currency = e.Currency, TimeZone = e.TimeZone, DayCutoff = e.DayCutoff, Status = e.Status,
                });
            }
            else if (row.Version >= e.Version)
            {
                return false;
            }

            (row.Version, row.Name, row.Currency, row.TimeZone, row.DayCutoff) = (e.Version, e.Name, e.Currency, e.TimeZone, e.DayCutoff);
            (row.PricesIncludeTax, row.Status) = (e.PricesIncludeTax, e.Status);
            return true;
        }, ct);
}
