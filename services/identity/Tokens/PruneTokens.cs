using OpenIddict.Abstractions;

namespace WebWaka.Identity.Tokens;

/// <summary>Deletes what OpenIddict keeps of tokens that ended days ago. Replicas may do it at once: a row is gone or it is not.</summary>
internal sealed class PruneTokens(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PruneTokens> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>So long a stolen refresh token that is used again still gives the theft away.</summary>
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var before = clock.GetUtcNow() - Keep;
                await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, ct);
                await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, ct);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogWarning("ended tokens are not pruned this hour: {Error}", error.GetBaseException().Message);
            }
        }
    }
}
