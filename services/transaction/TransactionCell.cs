using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Transaction.Consumers;

namespace WebWaka.Transaction;

/// <summary>The table of contents: every event that comes in, and every route.</summary>
public static class TransactionCell
{
    public const string Name = Wiring.Transaction;

    public static readonly CellSchema Schema = new(
        Name,
        (connection, context) => [new TransactionDb(ModelOptions.ForOwner<TransactionDb>(connection, Name), context)],
        AppendOnly: new HashSet<string>(),
        Shared: new HashSet<string>());

    public static void AddTransactionCell(this IHostApplicationBuilder builder)
    {
        builder.AddCell<TransactionDb>(Name, cell =>
        {
            cell.Consume<StoreChanged, OnStoreChanged>();
        });
    }

    public static void MapTransactionCell(this WebApplication app)
    {
        var api = app.MapCell();
        api.MapGet("/smoke", (Caller caller, TransactionDb db, CancellationToken ct) =>
            db.InTenant(caller.TenantId, () => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync(db.Stores, ct), ct));
    }
}
