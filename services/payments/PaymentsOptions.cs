using WebWaka.Payments.Paystack;

namespace WebWaka.Payments;

/// <summary>Section <c>Payments</c> of the configuration.</summary>
internal sealed class PaymentsOptions
{
    public const string Section = "Payments";

    /// <summary>How often open payments are looked for.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How old a payment is before it is asked about: until then its webhook is likely to come.</summary>
    public TimeSpan SweepAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How old a payment, or a refund's call, is before "not known" at Paystack means that it never arrived. Longer than any
    /// call of ours may take.
    /// </summary>
    public TimeSpan NeverArrivedAfter { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>How long after its end a payment is still asked about, hourly: a page left open can be paid late.</summary>
    public TimeSpan WatchAfterEnd { get; set; } = TimeSpan.FromHours(72);

    /// <summary>The Paystack account passes its fee on to the customer: what is compared is the price, not what was charged.</summary>
    public bool CustomerPaysFees { get; set; }
}

/// <summary>The platform's account with Paystack. Without a key nothing is collected by Paystack; cash goes on.</summary>
/// <param name="WebhookSecret">What webhooks are signed with.</param>
internal sealed record PaystackAccount(PaystackKey? Key, string? WebhookSecret)
{
    /// <summary>For what is only reached when there is a key.</summary>
    public PaystackKey MustKey => Key ?? throw new InvalidOperationException($"{Wiring.Variables.PaystackSecretKey} is missing.");

    public static PaystackAccount Of(IConfiguration configuration)
    {
        var secret = NotEmpty(configuration[Wiring.Variables.PaystackSecretKey]);
        try
        {
            return new PaystackAccount(secret is null ? null : new PaystackKey(secret), NotEmpty(configuration[Wiring.Variables.WebhookSecret]) ?? secret);
        }
        catch (ArgumentException error)
        {
            throw new StartException(
                $"{Wiring.Variables.PaystackSecretKey} cannot be read", "Write the key as Paystack shows it: it begins with sk_test_ or sk_live_", error);
        }
    }

    // A record would print its members.
    public override string ToString() => $"Paystack {Key}";

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
