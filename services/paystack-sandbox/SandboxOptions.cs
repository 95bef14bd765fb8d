namespace WebWaka.PaystackSandbox;

/// <summary>
/// Section <c>PaystackSandbox</c> of the configuration. What one integration changes at run time is in <see cref="Switches"/>.
/// </summary>
internal sealed class SandboxOptions
{
    public const string Section = "PaystackSandbox";

    /// <summary>Where signed events go. Without one nothing is delivered, as with an integration that set no URL.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Folder of books.jsonl. Without one the books end with the process.</summary>
    public string? DataFolder { get; set; }

    /// <summary>How many times faster than real time retries, expiries and refunds run.</summary>
    public double ClockFactor { get; set; } = 1;

    /// <summary>"test" (hourly for 10 h) or "live" (4 times every 3 min, then hourly to 72 h).</summary>
    public string RetrySchedule { get; set; } = "test";

    /// <summary>What a request without a currency is charged in.</summary>
    public string DefaultCurrency { get; set; } = "NGN";

    /// <summary>Base of the checkout page; without one, the address the caller used.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Paystack's time until a refund is processed. Unset, a refund stays pending, as it does in Paystack's test mode.</summary>
    public TimeSpan? RefundsProcessAfter { get; set; }
}
