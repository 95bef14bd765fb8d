using WebWaka.Payments.Collecting;

namespace WebWaka.Payments.Webhooks;

/// <summary>Works through the inbox. An event says only which payment to look at; what happened to it Paystack is asked.</summary>
internal sealed class WebhookWorker(
    WebhookInbox inbox, IServiceScopeFactory scopes, PaymentsOptions options, TimeProvider clock, ILogger<WebhookWorker> log)
    : BackgroundService
{
    private const int Abreast = 4;
    private const int MaxAttempts = 12;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (options.WorkInbox && !ct.IsCancellationRequested)
        {
            try
            {
                var taken = await inbox.Take(Abreast, ct);
                await Task.WhenAll(taken.Select(e => Work(e, ct)));
                if (taken.Count == 0)
                    await inbox.Wait(Poll, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The database may be restarting: what was taken comes back when its lease ends.
                log.LogWarning("the webhook inbox waits: {Error}", error.GetBaseException().Message);
                await inbox.Wait(Poll, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Work(ReceivedEvent e, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var worked = await scope.ServiceProvider.GetRequiredService<EventWork>().Do(e, ct);
            if (worked.State == WebhookStates.Received)
            {
                await TryAgain(e, worked.Note!, worked.Tenant, ct);
                return;
            }

            await inbox.Finish(e.Id, worked.State, worked.Note, worked.Tenant, TimeSpan.Zero, ct);
            PaymentNumbers.Worked(e.ReceivedAt, clock.GetUtcNow());
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("webhook {Event} {Id} failed: {Error}", e.Name, e.Id, error.GetBaseException().Message);
            await TryAgain(e, error.GetBaseException().Message, tenant: null, ct);
        }
    }

    private Task TryAgain(ReceivedEvent e, string why, Guid? tenant, CancellationToken ct) => inbox.Finish(
        e.Id, e.Attempts < MaxAttempts ? WebhookStates.Received : WebhookStates.Error,
        Text.Short(why), tenant, TimeSpan.FromSeconds(Math.Min(1 << Math.Min(e.Attempts, 10), 300)), ct);
}
