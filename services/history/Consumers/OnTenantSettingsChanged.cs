using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Identity;

namespace WebWaka.History.Consumers;

/// <summary>In one statement, so that two replicas with two versions leave the newer, whichever comes last.</summary>
internal sealed class OnTenantSettingsChanged(HistoryDb db) : IConsume<TenantSettingsChanged>
{
    public Task Consume(Deliveries<TenantSettingsChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnTenantSettingsChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO settings AS kept (tenant_id, version, name, country, tax_id, receipt_footer)
                    VALUES ({delivery.TenantId}, {e.Version}, {e.Name}, {e.Country}, {e.TaxId}::text, {e.ReceiptFooter}::text)
                    ON CONFLICT (tenant_id) DO UPDATE
                    SET version = EXCLUDED.version, name = EXCLUDED.name, country = EXCLUDED.country,
                        tax_id = EXCLUDED.tax_id, receipt_footer = EXCLUDED.receipt_footer
                    WHERE kept.version < EXCLUDED.version
                    """, ct);
            }
        }, ct);
}
