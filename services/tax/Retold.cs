using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebWaka.CellKit;

namespace WebWaka.Tax;

/// <summary>The tenant's tax rules as they are now.</summary>
internal static class Retold
{
    public static async IAsyncEnumerable<object> Events(NpgsqlConnection connection, CellContext context, Guid tenant, DateTimeOffset since)
    {
        await using var db = new TaxDb(ModelOptions.ForOwner<TaxDb>(connection, TaxCell.Name), context);
        await foreach (var rules in db.TaxRules.AsNoTracking().Where(row => row.TenantId == tenant).AsAsyncEnumerable())
            yield return rules.Event();
    }
}
