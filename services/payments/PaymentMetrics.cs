using System.Diagnostics.Metrics;
using WebWaka.Payments.Collecting;

namespace WebWaka.Payments;

/// <summary>
/// What the operator watches: how many payments succeed by channel, how long a customer's money takes to be known, how far behind the
/// webhooks are, and how many outcomes nobody knows. No tenant in the labels: there are thousands.
/// </summary>
internal sealed class PaymentMetrics
{
    public const string MeterName = "WebWaka.Payments";
    private readonly Counter<long> _ended;
    private readonly Histogram<double> _confirmed;
    private readonly Histogram<double> _lag;
    private long _unknown;

    public PaymentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _ended = meter.CreateCounter<long>("webwaka.payments.ended", "{payment}", "Payments that have ended, by channel and outcome");
        _confirmed = meter.CreateHistogram<double>("webwaka.payments.time_to_confirm", "s", "From the request to money that is known, by channel");
        _lag = meter.CreateHistogram<double>("webwaka.payments.webhook_lag", "s", "From an event's arrival to the end of the work on it");
        meter.CreateObservableGauge("webwaka.payments.unknown", () => Interlocked.Read(ref _unknown), "{payment}", "Payments whose outcome nobody knows");
    }

    public void Ended(PaymentRow payment, DateTimeOffset now)
    {
        if (PaymentStates.IsOpen(payment.State))
            return;
        var channel = new KeyValuePair<string, object?>("channel", payment.Channel);
        _ended.Add(1, channel, new("outcome", payment.State));
        if (payment.State == PaymentStates.Settled)
            _confirmed.Record((now - payment.CreatedAt).TotalSeconds, channel);
    }

    public void Worked(DateTimeOffset received, DateTimeOffset now) => _lag.Record((now - received).TotalSeconds);

    public void Unknown(long count) => Interlocked.Exchange(ref _unknown, count);
}
