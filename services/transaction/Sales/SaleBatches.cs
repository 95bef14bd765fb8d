using System.Diagnostics;
using System.Runtime.InteropServices;
using Npgsql;
using WebWaka.CellKit;

namespace WebWaka.Transaction.Sales;

/// <summary>
/// The few connections that do nothing but commit sales. They stay open and are never reset between two sales, which would be
/// statements beside each one: nothing outlives a batch there, since each sale sets its tenant for its own transaction alone.
/// Two commits of plain sales are under way at a time; those that come meanwhile share the next, so that each costs less the more
/// there are. What may have to wait for others' locks has connections of its own (docs/decisions/0057).
/// </summary>
internal sealed class SaleBatches(NpgsqlDataSource database, Crowd crowd) : IAsyncDisposable
{
    /// <summary>One is computed while the other is on its way to the disk; a third gained nothing when measured.</summary>
    private const int CommitsAtOnce = 2;

    private const int MostTogether = 16;
    private const int MostPatient = 6;
    private const int MostPatientOfAShop = 3;
    private const int MostRemembered = 1000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _waiting = [];
    private readonly Stack<SaleBatch> _idle = [];
    private readonly Dictionary<Guid, int> _patient = [];

    /// <summary>
    /// Shops with a sale that was not saved, or met a lock, and when that was: what they send next would spoil one company after the other.
    /// </summary>
    private readonly Dictionary<Guid, long> _refused = [];

    private int _free = CommitsAtOnce;

    /// <summary>Half of the pool at most for all of it: the rest of the Cell needs connections too.</summary>
    private int _freeForPatient = Math.Clamp((new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize / 2) - CommitsAtOnce, 1, MostPatient);

    /// <summary>How long others' sales may wait for a till that is locked.</summary>
    internal TimeSpan BriefWait { get; init; } = TimeSpan.FromMilliseconds(200);

    private enum Way
    {
        Together,

        /// <summary>After a commit that it shared was rolled back.</summary>
        Alone,

        /// <summary>It waits for locks as long as they are held: others' sales must not wait with it.</summary>
        Patiently,
    }

    private sealed class Waiting(Guid tenant, SaleToSave sale, Way way)
    {
        public Guid Tenant => tenant;

        public SaleToSave Sale => sale;

        public Way Way { get; set; } = way;

        /// <summary>Its outcome when another saved it, null when it is its own turn.</summary>
        public TaskCompletionSource<SaveOutcome?> Turn { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <inheritdoc cref="SaleBatch.Save"/>
    /// <remarks>Who is cancelled before its turn is not saved; afterwards it is saved or not as if nobody had cancelled.</remarks>
    public async Task<SaveOutcome> Save(Guid tenant, SaleToSave sale, CancellationToken ct)
    {
        var mine = new Waiting(tenant, sale, WayOf(tenant, sale));
        while (true)
        {
            if (!Begins(mine) && await TurnOf(mine, ct) is { } saved)
                return saved;
            var way = mine.Way;
            try
            {
                if (await SaveNow(mine) is { } outcome)
                    return outcome;
            }
            finally
            {
                End(tenant, way);
            }
        }
    }

    private Way WayOf(Guid tenant, SaleToSave sale)
    {
        lock (_gate)
        {
            var spoils = _refused.TryGetValue(tenant, out var at) && Stopwatch.GetElapsedTime(at) < Remembered;
            return sale.IsPlain && !spoils ? Way.Together : Way.Patiently;
        }
    }

    private bool Begins(Waiting mine)
    {
        lock (_gate)
        {
            var begins = TakesPlace(mine);
            crowd.Arrive(!begins);
            if (!begins)
            {
                mine.Turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.AddLast(mine);
            }

            return begins;
        }
    }

    private static async Task<SaveOutcome?> TurnOf(Waiting mine, CancellationToken ct)
    {
        var turn = mine.Turn;
        await using var gone = ct.UnsafeRegister(_ => turn.TrySetCanceled(ct), null);
        return await turn.Task;
    }

    /// <summary>Null when all was rolled back: then it is tried in another way.</summary>
    private async Task<SaveOutcome?> SaveNow(Waiting mine)
    {
        var company = CompanyOf(mine);
        try
        {
            var outcomes = await SaveOnAny(company.ConvertAll(one => (one.Tenant, one.Sale)), patiently: mine.Way == Way.Patiently);
            foreach (var (one, outcome) in company.Zip(outcomes))
                one.Turn.TrySetResult(outcome);
            if (outcomes is [{ Result: not SaveResult.Saved }])
                Remember(mine.Tenant);
            return outcomes[company.IndexOf(mine)];
        }
        catch (PostgresException) when (company.Count > 1)
        {
            company.ForEach(one => one.Way = Way.Alone);
            company.Remove(mine);
            GoFirst(company);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable && mine.Way != Way.Patiently)
        {
            Remember(mine.Tenant);
            mine.Way = Way.Patiently;
        }
        catch (Exception error)
        {
            // Whether it was committed is not known: who sends again finds it by its key.
            company.Remove(mine);
            company.ForEach(one => one.Turn.TrySetException(error));
            throw;
        }

        return null;
    }

    /// <summary>
    /// One sale of a shop at most, in the order of shops: whatever two such commits and a shop's own requests lock, none of them can
    /// hold what the other waits for.
    /// </summary>
    private List<Waiting> CompanyOf(Waiting mine)
    {
        if (mine.Way != Way.Together)
            return [mine];
        var company = new SortedList<Guid, Waiting> { { mine.Tenant, mine } };
        lock (_gate)
        {
            for (var (node, next) = (_waiting.First, _waiting.First?.Next); node is not null && company.Count < MostTogether; (node, next) = (next, next?.Next))
            {
                var one = node.Value;
                if (one.Way == Way.Together && !one.Turn.Task.IsCompleted && company.TryAdd(one.Tenant, one))
                    _waiting.Remove(node);
            }
        }

        return [.. company.Values];
    }

    private async Task<SaveOutcome[]> SaveOnAny(List<(Guid Tenant, SaleToSave Sale)> sales, bool patiently)
    {
        // One that idled may have died meanwhile with its server. Trying again is safe: what was saved is found by its key.
        while (Idle() is { } idle)
        {
            try
            {
                return await SaveOn(idle, sales, patiently);
            }
            catch (NpgsqlException) when (!idle.IsOpen)
            {
                // The next may be dead too; each is closed on its way.
            }
        }

        return await SaveOn(await SaleBatch.Open(database, BriefWait), sales, patiently);
    }

    private async Task<SaveOutcome[]> SaveOn(SaleBatch batch, List<(Guid Tenant, SaleToSave Sale)> sales, bool patiently)
    {
        try
        {
            return await batch.Save(sales, patiently);
        }
        finally
        {
            if (batch.IsOpen)
                Keep(batch);
            else
                await batch.DisposeAsync();
        }
    }

    private SaleBatch? Idle()
    {
        lock (_gate)
            return _idle.TryPop(out var idle) ? idle : null;
    }

    private void Keep(SaleBatch batch)
    {
        lock (_gate)
            _idle.Push(batch);
    }

    private void GoFirst(List<Waiting> company)
    {
        lock (_gate)
        {
            foreach (var one in Enumerable.Reverse(company))
                _waiting.AddFirst(one);
        }
    }

    private void Remember(Guid refused)
    {
        lock (_gate)
        {
            if (_refused.Count == MostRemembered)
                _refused.Clear();
            _refused[refused] = Stopwatch.GetTimestamp();
        }
    }

    private bool TakesPlace(Waiting one)
    {
        ref var free = ref PlacesOf(one.Way);
        var patient = _patient.GetValueOrDefault(one.Tenant);
        if (free == 0 || (one.Way == Way.Patiently && patient == MostPatientOfAShop))
            return false;
        free--;
        if (one.Way == Way.Patiently)
            _patient[one.Tenant] = patient + 1;
        return true;
    }

    private void LeavesPlace(Guid tenant, Way way)
    {
        PlacesOf(way)++;
        if (way == Way.Patiently && --CollectionsMarshal.GetValueRefOrNullRef(_patient, tenant) == 0)
            _patient.Remove(tenant);
    }

    private void End(Guid tenant, Way way)
    {
        lock (_gate)
        {
            LeavesPlace(tenant, way);
            LetBegin();
        }
    }

    private ref int PlacesOf(Way way) => ref way == Way.Patiently ? ref _freeForPatient : ref _free;

    /// <summary>Those who have waited longest, and still do, as long as there is room.</summary>
    private void LetBegin()
    {
        for (var (node, next) = (_waiting.First, _waiting.First?.Next); node is not null && _free + _freeForPatient > 0; (node, next) = (next, next?.Next))
        {
            if (!TakesPlace(node.Value))
                continue;
            _waiting.Remove(node);
            if (!node.Value.Turn.TrySetResult(null))
                LeavesPlace(node.Value.Tenant, node.Value.Way);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (Idle() is { } batch)
            await batch.DisposeAsync();
    }
}
