using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Tax.Rules;

namespace WebWaka.Tax.Consumers;

/// <summary>
/// Gives a new tenant its country's pack. Later the country matters only while the tenant has no rules of its own; whether
/// prices include tax, always.
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
                db.TaxRules.Add(row = new TaxRulesRow { PackCountry = packs.For(e.Country).Country });
            else if (row.SettingsVersion >= e.Version)
                return;
            var own = row.Own;
            var pack = packs.For(own.IsEmpty ? e.Country : row.PackCountry);
            (row.SettingsVersion, row.Country, row.Currency) = (e.Version, e.Country, e.Currency);
            (row.TimeZone, row.PricesIncludeTax) = (e.TimeZone, e.PricesIncludeTax);
            var rules = RuleSet.Build(pack, own, e.PricesIncludeTax);
            // Overrides that do not fit the newest pack: the tenant goes on selling by what it has until its owner changes them.
            if (RuleSet.Fault(rules) is not null)
                (pack, rules) = (pack with { Version = row.PackVersion }, RuleSet.Read(row.Document) with { PricesIncludeTax = e.PricesIncludeTax });
            if (row.Rebuild(pack, own, rules))
                db.Publish(row.Event());
        }, ct);
}
