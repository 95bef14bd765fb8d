namespace WebWaka.PaystackSandbox;

/// <summary>
/// Dates are real, so that a caller's from/to filters mean the same here as there; only waiting is accelerated.
/// </summary>
internal sealed class SandboxClock(TimeProvider time, SandboxOptions options)
{
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The moment at which <paramref name="span"/> of Paystack's time will have passed.</summary>
    public DateTimeOffset After(TimeSpan span) => Now + (span / options.ClockFactor);

    public Task Delay(TimeSpan span, CancellationToken stop) => Task.Delay(span / options.ClockFactor, time, stop);

    /// <summary>A wait in real time, for the sandbox's own housekeeping.</summary>
    public Task Tick(TimeSpan span, CancellationToken stop) => Task.Delay(span, time, stop);
}
