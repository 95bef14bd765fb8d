using System.Text.Json;
using WebWaka.CellKit;
using WebWaka.Contracts.Promotions;
using WebWaka.Pricing;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Consumers;

internal sealed class OnLoyaltyProgrammeChanged(TransactionDb db, Books books) : IConsume<LoyaltyProgrammeChanged>
{
    public Task Consume(Deliveries<LoyaltyProgrammeChanged> batch, CancellationToken ct) =>
        db.Copies(books, nameof(OnLoyaltyProgrammeChanged), batch, async delivery =>
        {
            var e = delivery.Event;
            var row = await db.LoyaltyProgrammes.FindAsync([delivery.TenantId], ct);
            if (row is null)
                db.Add(row = new LoyaltyProgrammeRow { TenantId = delivery.TenantId, Document = e.Document });
            else if (row.Version >= e.Version)
                return false;
            (row.Version, row.Document, row.Archived) = (e.Version, e.Document, e.Archived);
            row.ExpiresAfterDays = JsonSerializer.Deserialize<LoyaltyProgramme>(e.Document, PricingJson.Options)!.ExpiresAfterDays;
            return true;
        }, ct);
}
