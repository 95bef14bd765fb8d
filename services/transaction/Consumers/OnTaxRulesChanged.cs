using WebWaka.CellKit;
using WebWaka.Contracts.Tax;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Consumers;

internal sealed class OnTaxRulesChanged(TransactionDb db, Books books) : IConsume<TaxRulesChanged>
{
    public Task Consume(Deliveries<TaxRulesChanged> batch, CancellationToken ct) =>
        db.Copies(books, nameof(OnTaxRulesChanged), batch, async delivery =>
        {
            var e = delivery.Event;
            var row = await db.TaxRules.FindAsync([delivery.TenantId], ct);
            if (row is null)
                db.Add(row = new TaxRulesRow { TenantId = delivery.TenantId, Document = e.Document });
            else if (row.Version >= e.Version)
                return false;
            (row.Version, row.Document) = (e.Version, e.Document);
            return true;
        }, ct);
}
