using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebWaka.CellKit;

namespace WebWaka.Identity;

/// <summary>Settings, stores, tills and customers as they are now, archived ones too.</summary>
internal static class Retold
{
    public static async IAsyncEnumerable<object> Events(NpgsqlConnection connection, CellContext context, Guid tenant, DateTimeOffset since)
    {
        await using var db = new IdentityDb(ModelOptions.ForOwner<IdentityDb>(connection, IdentityCell.Name), context);
        await using var directory = new DirectoryDb(ModelOptions.ForOwner<DirectoryDb>(connection, IdentityCell.Name));
        var of = await directory.Tenants.AsNoTracking().SingleAsync(row => row.Id == tenant);
        var settings = await db.Settings.AsNoTracking().SingleAsync(row => row.TenantId == tenant);
        yield return settings.ToEvent(of);
        await foreach (var store in db.Stores.AsNoTracking().Where(row => row.TenantId == tenant).AsAsyncEnumerable())
            yield return store.ToEvent(settings);
        await foreach (var till in db.Tills.AsNoTracking().Where(row => row.TenantId == tenant).AsAsyncEnumerable())
            yield return till.ToEvent();
        await foreach (var customer in db.Customers.AsNoTracking().Where(row => row.TenantId == tenant).AsAsyncEnumerable())
            yield return customer.ToEvent();
    }
}
