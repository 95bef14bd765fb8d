using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Keys;

/// <summary>
/// Which keys this system may use. A live key is for Production with Paystack itself; a test key for everything else, since in
/// Production it would give goods for money that nobody paid. A stand-in for Paystack takes test keys wherever it is.
/// </summary>
internal sealed class KeyModes(IHostEnvironment environment, PaystackOptions options)
{
    private const string RealHost = "api.paystack.co";

    private bool WithPaystackItself => options.BaseUrl is { Scheme: "https", Host: RealHost };

    /// <summary>Why the key is not used here, or null. Nothing of the key is in it.</summary>
    public string? Refusal(PaystackKey key) => (key.IsLive, environment.IsProduction(), WithPaystackItself) switch
    {
        (true, true, true) or (false, false, _) or (false, _, false) => null,
        (true, _, _) => "a live Paystack key is used in Production and with Paystack itself only",
        (false, _, _) => "a test key in Production would give goods for money that nobody paid",
    };
}
