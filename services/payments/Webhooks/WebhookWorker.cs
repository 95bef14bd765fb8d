using WebWaka.Payments.Collecting;

namespace WebWaka.Payments.Webhooks;

/// <summary>Works through the inbox. An event says only which payment to look at; what happened to it Paystack is asked.</summary>
internal sealed class WebhookWorker(
    WebhookInbox inbox, PaymentDirectory directory, IServiceScopeFactory scopes, PaystackAccount account, ILogger<WebhookWorker> log)
    : BackgroundService
{
    private const int Abreast = 4;
    private const int MaxAttempts = 12;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (account.Key is not null && !ct.IsCancellationRequested)
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
            if (e.Reference is null)
                await inbox.Finish(e.Id, WebhookStates.Done, "of no payment", TimeSpan.Zero, ct);
            else if (await directory.Find(e.Reference, ct) is not { } key)
                await inbox.Finish(e.Id, WebhookStates.Orphan, "unknown reference", TimeSpan.Zero, ct);
            else if (await Follow(key, ct))
                await inbox.Finish(e.Id, WebhookStates.Done, note: null, TimeSpan.Zero, ct);
            else
                await TryAgain(e, "Paystack could not be asked", ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("webhook {Event} {Id} failed: {Error}", e.Name, e.Id, error.GetBaseException().Message);
            await TryAgain(e, error.GetBaseException().Message, ct);
        }
    }

    private async Task<bool> Follow(PaymentKey key, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FollowUp>().Run(key.TenantId, key.PaymentId, ct);
    }

    private Task TryAgain(ReceivedEvent e, string why, CancellationToken ct) => inbox.Finish(
        e.Id, e.Attempts < MaxAttempts ? WebhookStates.Received : WebhookStates.Error,
        Text.Short(why), TimeSpan.FromSeconds(Math.Min(1 << Math.Min(e.Attempts, 10), 300)), ct);
}
