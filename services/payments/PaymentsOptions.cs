using WebWaka.Payments.Keys;
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

    /// <summary>How often the list of what succeeded at Paystack is walked for money that was never granted, and how far back.</summary>
    public TimeSpan WalkEvery { get; set; } = TimeSpan.FromHours(1);
    public TimeSpan WalkBack { get; set; } = TimeSpan.FromHours(30);

    /// <summary>How far back payouts are looked for, and after how long money that is in none of them is an exception.</summary>
    public TimeSpan SettlementsBack { get; set; } = TimeSpan.FromDays(45);
    public TimeSpan SettledWithin { get; set; } = TimeSpan.FromDays(10);

    /// <summary>How long a tenant's key is remembered, and how long the one before it still opens the webhook's door.</summary>
    public TimeSpan AccountsFresh { get; set; } = TimeSpan.FromSeconds(10);
    public TimeSpan OldKeyFor { get; set; } = TimeSpan.FromHours(80);

    /// <summary>What the platform keeps of a payment by its key, in whole percent, and the currency of tenants' splits.</summary>
    public int PlatformPercent { get; set; }
    public string SplitCurrency { get; set; } = "NGN";

    /// <summary>Money that no sale took goes back by itself; otherwise a person gives it back.</summary>
    public bool ReturnNotApplied { get; set; }

    /// <summary>A replica that only keeps the webhook's door: the inbox is worked through by others.</summary>
    public bool WorkInbox { get; set; } = true;

    /// <summary>How long a process may work on an event before another takes it up: longer than Paystack may take.</summary>
    public TimeSpan WebhookLease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Addresses that webhooks may come from, as the gateway saw them; empty: any. A second check only, since the signature is asked of
    /// all. Paystack's are 52.31.139.75, 52.49.173.169 and 52.214.14.220.
    /// </summary>
    public string[] WebhookSources { get; set; } = [];

    /// <summary>How long a customer has by this channel. Money that comes later still counts.</summary>
    public static TimeSpan? TimeOf(string channel, string currency) => (channel, currency) switch
    {
        // Paystack waits 180 seconds for the payer's PIN; the rest is the network's.
        (Collecting.Channels.MobileMoney, _) => TimeSpan.FromSeconds(240),
        (Collecting.Channels.BankTransfer, "KES") => TimeSpan.FromMinutes(25),
        (Collecting.Channels.BankTransfer, _) => TimeSpan.FromHours(8),
        _ => null,
    };

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

    /// <summary>Stops the start when the key is of the wrong mode for where it is.</summary>
    public PaystackAccount MustFit(KeyModes modes) => Key is { } key && modes.Refusal(key) is { } why
        ? throw new StartException($"{Wiring.Variables.PaystackSecretKey} is not for this system", $"Give another: {why}")
        : this;

    // A record would print its members.
    public override string ToString() => $"Paystack {Key}";

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
