using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Tax.Rules;

namespace WebWaka.Tax.Consumers;

/// <summary>
/// Gives a new tenant its country's pack. Later the country matters only while the tenant has no rules of its own; whether
/// prices include tax, always. A newer version of its pack is taken where somebody asks for it, never by the way.
/// </summary>
internal sealed class OnTenantSettingsChanged(TaxDb db, PackShelf packs) : IConsume<TenantSettingsChanged>
{
    public Task Consume(Deliveries<TenantSettingsChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnTenantSettingsChanged), batch, async fresh =>
        {
            // Locked: two replicas with two versions of the settings leave the newer, whichever comes last.
            var tenant = fresh[0].TenantId;
            var row = await db.TaxRules.FromSql($"SELECT * FROM tax_rules WHERE tenant_id = {tenant} FOR UPDATE").SingleOrDefaultAsync(ct);
            // Of several only the newest can have an effect: each carries the full state.
            var e = fresh.MaxBy(delivery => delivery.Event.Version)!.Event;
            if (row is null)
                db.TaxRules.Add(row = new TaxRulesRow());
            else if (row.SettingsVersion >= e.Version)
                return;
            var (own, moved) = (row.Own, row.Version == 0 || row.Country != e.Country);
            (row.SettingsVersion, row.Country, row.Currency) = (e.Version, e.Country, e.Currency);
            (row.TimeZone, row.PricesIncludeTax) = (e.TimeZone, e.PricesIncludeTax);
            if (moved && own.IsEmpty)
            {
                var pack = packs.For(e.Country);
                if (row.Rebuild(pack, own, RuleSet.Build(pack, own, e.PricesIncludeTax)))
                    db.Publish(row.Event());
            }
            else if (row.Rules is var rules && rules.PricesIncludeTax != e.PricesIncludeTax)
            {
                row.Restate(rules with { PricesIncludeTax = e.PricesIncludeTax });
                db.Publish(row.Event());
            }
        }, ct);
}
