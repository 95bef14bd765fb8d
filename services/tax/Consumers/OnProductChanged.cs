using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Inventory;

namespace WebWaka.Tax.Consumers;

/// <summary>In one statement for each tenant: a catalogue arrives in batches, and of two versions that are taken at once the newer stays.</summary>
internal sealed class OnProductChanged(TaxDb db) : IConsume<ProductChanged>
{
    public Task Consume(Deliveries<ProductChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnProductChanged), batch, async fresh =>
        {
            // A statement cannot change one row twice. In key order, so that two batches never wait for each other in a circle.
            var products = fresh.Select(delivery => delivery.Event).GroupBy(e => e.ProductId).Select(versions => versions.MaxBy(e => e.Version)!)
                .OrderBy(e => e.ProductId).ToList();
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO product AS kept (tenant_id, id, version, tax_class, archived)
                SELECT {fresh[0].TenantId}, p.id, p.version, p.tax_class, p.archived
                FROM unnest(
                    {products.ConvertAll(e => e.ProductId)}, {products.ConvertAll(e => e.Version)}, {products.ConvertAll(e => e.TaxClass)},
                    {products.ConvertAll(e => e.Archived)}) AS p(id, version, tax_class, archived)
                ON CONFLICT (tenant_id, id) DO UPDATE SET version = EXCLUDED.version, tax_class = EXCLUDED.tax_class, archived = EXCLUDED.archived
                WHERE kept.version < EXCLUDED.version
                """, ct);
        }, ct);
}
