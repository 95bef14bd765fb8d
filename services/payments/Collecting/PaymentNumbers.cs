using System.Diagnostics;
using WebWaka.CellKit;

namespace WebWaka.Payments.Collecting;

/// <summary>How payments go, as numbers: by channel, by how they ended, and how long it took.</summary>
internal static class PaymentNumbers
{
    /// <summary>Paystack answered the call that begins a payment, or did not.</summary>
    /// <param name="state">What the answer made of the payment; null: it is on its way.</param>
    public static void Answered(Guid tenant, string channel, long asked, string? state) => Metrics.PaymentLatency.Record(
        Stopwatch.GetElapsedTime(asked).TotalSeconds, TenantTag.Of(tenant), Channel(channel), new("outcome", state ?? PaymentStates.Initiated));

    /// <summary>It failed where it began.</summary>
    public static void Failed(Guid tenant, string channel) =>
        Metrics.PaymentsEnded.Add(1, TenantTag.Of(tenant), Channel(channel), Outcome(PaymentStates.Failed));

    /// <summary>It is known how it ended. Money that comes after its end makes it settled once more, as it does in the books.</summary>
    public static void Ended(Guid tenant, PaymentRow payment, DateTimeOffset now)
    {
        if (PaymentStates.IsOpen(payment.State))
            return;
        Metrics.PaymentsEnded.Add(1, TenantTag.Of(tenant), Channel(payment.Channel), Outcome(payment.State));
        if (payment.State == PaymentStates.Settled)
            Metrics.PaymentSettleTime.Record((now - payment.CreatedAt).TotalSeconds, TenantTag.Of(tenant), Channel(payment.Channel));
    }

    /// <summary>An event of Paystack's has had its effect.</summary>
    public static void Worked(DateTimeOffset received, DateTimeOffset now) => Metrics.WebhookLag.Record((now - received).TotalSeconds);

    /// <summary>So many payments of all shops have an outcome that nobody knows.</summary>
    public static void Unknown(long count) => Metrics.PaymentsUnknown.Record(count);

    private static KeyValuePair<string, object?> Channel(string channel) => new("channel", channel);

    private static KeyValuePair<string, object?> Outcome(string state) => new("outcome", state);
}
