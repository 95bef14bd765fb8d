using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace WebWaka;

/// <summary>
/// Where a test can have a process killed: before and after each commit, publish, confirm and delete. Each is used in the code
/// and driven by a test (tests/System.Tests/FailpointTests.cs).
/// </summary>
public enum Failpoint
{
    // A sale, a void, a refund, a shift's close: the commit of the use case with its event.
    BeforeSaleCommit,
    AfterSaleCommit,
    BeforeVoidCommit,
    AfterVoidCommit,
    BeforeRefundCommit,
    AfterRefundCommit,
    BeforeShiftCloseCommit,
    AfterShiftCloseCommit,

    // Any other use case that tells of itself.
    BeforeCommit,
    AfterCommit,

    // Paystack's event is stored, is worked on, its payment is booked; the payment completes its sale.
    BeforeWebhookStored,
    AfterWebhookStored,
    BeforeWebhookDone,
    AfterWebhookDone,
    BeforePaymentCommit,
    AfterPaymentCommit,
    BeforeSettledCommit,
    AfterSettledCommit,

    // The outbox: rows taken, published, confirmed (the first of them, all of them), deleted.
    BeforeTake,
    BeforePublish,
    BeforeConfirm,
    AfterFirstConfirm,
    BeforeDelete,
    AfterDelete,

    // A consumer's commit, through its context or in one round trip, and the broker's acknowledgement.
    BeforeConsumeCommit,
    AfterConsumeCommit,
    BeforeBatchCommit,
    AfterBatchCommit,
    AfterAck,

    // What could not be taken: set aside, and tried again.
    BeforeSetAside,
    AfterSetAside,
    BeforeRetryCommit,
    AfterRetryCommit,
}

/// <summary>
/// Kills this process as kill -9 would when it comes by the armed <see cref="Failpoint"/>: <c>WEBWAKA_FAILPOINT=name</c>, or
/// <c>name:3</c> for the third time. Where none is armed, coming by costs a comparison with a constant of the JIT.
/// </summary>
public static class Failpoints
{
    private static readonly string? Given = Environment.GetEnvironmentVariable(Wiring.Variables.Failpoint);
    private static readonly (Failpoint Point, int Time)? Set = Parse(Given);

    /// <summary>Whether one is armed in this process.</summary>
    public static readonly bool Armed = Set is not null;

    private static int _times;

    public static void Pass(Failpoint point)
    {
        if (Armed)
            Count(point);
    }

    /// <summary>Stops the start of a process that would be killed in Production, or at a place that there is not.</summary>
    public static void MustBeAllowed(IHostEnvironment environment)
    {
        if (string.IsNullOrWhiteSpace(Given))
            return;
        if (environment.IsProduction())
            throw new StartException($"{Wiring.Variables.Failpoint} is set in Production", "Remove it: it kills the process, for tests");
        if (!Armed)
            throw new StartException(
                $"{Wiring.Variables.Failpoint} names no failpoint", "Write one of ServiceDefaults/Failpoints.cs, or one and :3 for the third time");
    }

    internal static (Failpoint Point, int Time)? Parse(string? text)
    {
        var parts = text?.Split(':') ?? [];
        // Not TryParse alone: it takes a number for a name.
        if (parts.Length is not (1 or 2) || !Enum.GetNames<Failpoint>().Contains(parts[0], StringComparer.Ordinal))
            return null;
        var time = 1;
        return parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out time) && time > 0
            ? (Enum.Parse<Failpoint>(parts[0]), time)
            : null;
    }

    private static void Count(Failpoint point)
    {
        if (Set is not var (armed, time) || point != armed || Interlocked.Increment(ref _times) != time)
            return;
        Console.Error.WriteLine($"killed at {point}");
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.InfiniteTimeSpan);
    }
}
