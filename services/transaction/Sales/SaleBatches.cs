using System.Collections.Concurrent;
using Npgsql;
using WebWaka.CellKit;

namespace WebWaka.Transaction.Sales;

/// <summary>
/// The few connections that do nothing but commit sales. They stay open and are never reset between two sales, which would be
/// statements beside each one: nothing outlives a batch there, since its tenant is set for its own transaction alone.
/// </summary>
internal sealed class SaleBatches(NpgsqlDataSource database) : IAsyncDisposable
{
    private const int Most = 8;

    /// <summary>Half of the pool at most: the rest of the Cell needs connections too.</summary>
    private readonly SemaphoreSlim _room = new(Math.Clamp(new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize / 2, 1, Most));
    private readonly ConcurrentStack<SaleBatch> _idle = new();

    /// <inheritdoc cref="SaleBatch.Save"/>
    public async Task<(SaveResult Result, string? Number, Problem? Problem)> Save(Guid tenant, SaleToSave sale, CancellationToken ct)
    {
        await _room.WaitAsync(ct);
        try
        {
            // One that idled may have died meanwhile with its server. Trying again is safe: what was saved is found by its key.
            while (_idle.TryPop(out var idle))
            {
                try
                {
                    return await SaveOn(idle, tenant, sale, ct);
                }
                catch (NpgsqlException) when (idle.WasLost)
                {
                    // The next may be dead too; each is closed on its way.
                }
            }

            return await SaveOn(await SaleBatch.Open(database, ct), tenant, sale, ct);
        }
        finally
        {
            _room.Release();
        }
    }

    private async Task<(SaveResult Result, string? Number, Problem? Problem)> SaveOn(SaleBatch batch, Guid tenant, SaleToSave sale, CancellationToken ct)
    {
        var kept = false;
        try
        {
            var outcome = await batch.Save(tenant, sale, ct);
            _idle.Push(batch);
            kept = true;
            return outcome;
        }
        finally
        {
            if (!kept)
                await batch.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryPop(out var batch))
            await batch.DisposeAsync();
    }
}
