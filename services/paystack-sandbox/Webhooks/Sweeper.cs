namespace WebWaka.PaystackSandbox;

/// <summary>Does what time does: prompts that nobody answers fail, account numbers die, refunds move on, silence loses a dispute.</summary>
internal sealed class Sweeper(Books books, SandboxClock clock) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var integration in books.Integrations)
                Sweep(integration);
            await clock.Tick(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    void Sweep(Integration integration)
    {
        var now = clock.Now;
        lock (integration.Gate)
        {
            foreach (var transaction in integration.Transactions.Where(t => t.ExpiresAt <= now).ToList())
            {
                if (transaction.Channel is "mobile_money")
                    Settlement.Fail(integration, transaction, "Transaction timed out");
                else
                    integration.Save(transaction with
                        { Status = TransactionStatus.Abandoned, ExpiresAt = null, ChargeFields = null, ChargeStatus = null });
            }
            foreach (var refund in integration.Refunds.Where(r => r.DueAt <= now).ToList())
                Refunding.Move(integration, refund, integration.Find(refund.TransactionReference)!.RefundOutcome ?? "processed");
            foreach (var dispute in integration.Disputes.All.Where(d => d.IsOpen && d.DueAt <= now).ToList())
                Disputing.Resolve(integration, dispute, "auto-accepted");
        }
    }
}
