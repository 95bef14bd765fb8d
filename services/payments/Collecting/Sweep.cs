using WebWaka.CellKit;

namespace WebWaka.Payments.Collecting;

/// <summary>
/// Looks after what is open: payments whose webhook did not come, payments at their end, refunds on their way. It asks
/// Paystack, and does exactly what the webhook would have done.
/// </summary>
internal sealed class Sweep(
    PaymentDirectory directory, PaymentsOptions options, IServiceScopeFactory scopes, ILogger<Sweep> log)
    : BackgroundService
{
    private const int BatchSize = 100;
    private const int Abreast = 4;

    /// <summary>Everything that is due at <paramref name="due"/>.</summary>
    public async Task Run(DateTimeOffset due, CancellationToken ct)
    {
        List<PaymentKey> taken;
        do
        {
            taken = await directory.Take(due, BatchSize, ct);
            await Parallel.ForEachAsync(taken, new ParallelOptions { MaxDegreeOfParallelism = Abreast, CancellationToken = ct }, async (key, stop) =>
            {
                await using var scope = scopes.CreateAsyncScope();
                try
                {
                    await scope.ServiceProvider.GetRequiredService<FollowUp>().Run(key.TenantId, key.PaymentId, stop);
                }
                catch (Exception error) when (!stop.IsCancellationRequested)
                {
                    // It is taken again when its lease ends; the others go on.
                    using var about = log.BeginScope(new LogScope(key.TenantId));
                    log.LogWarning("payment {Payment} waits: {Error}", key.PaymentId, error.GetBaseException().Message);
                }
            });
        }
        while (taken.Count == BatchSize);
        PaymentNumbers.Unknown(await directory.CountUnknown(ct));
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await Run(directory.Now, ct);
                await directory.Wait(options.SweepEvery, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.LogWarning("the sweep waits: {Error}", error.GetBaseException().Message);
                await directory.Wait(options.SweepEvery, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
