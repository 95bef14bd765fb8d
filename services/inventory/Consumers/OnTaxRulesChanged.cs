using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Tax;

namespace WebWaka.Inventory.Consumers;

/// <summary>Keeps which tax classes there are. In one statement, so that of two versions that are taken at once the newer stays.</summary>
internal sealed class OnTaxRulesChanged(InventoryDb db) : IConsume<TaxRulesChanged>
{
    public Task Consume(Deliveries<TaxRulesChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnTaxRulesChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                var codes = CodesOf(e.Document);
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO tax_classes AS kept (tenant_id, version, codes)
                    VALUES ({delivery.TenantId}, {e.Version}, {codes})
                    ON CONFLICT (tenant_id) DO UPDATE SET version = EXCLUDED.version, codes = EXCLUDED.codes
                    WHERE kept.version < EXCLUDED.version
                    """, ct);
            }
        }, ct);

    private static string[] CodesOf(string rules)
    {
        using var document = JsonDocument.Parse(rules);
        return document.RootElement.TryGetProperty("taxClasses", out var classes)
            ? [.. classes.EnumerateArray().Select(one => one.GetProperty("code").GetString()!)]
            : [];
    }
}
