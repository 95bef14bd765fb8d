using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>An account number for one payment. In Nigeria it lives 15 minutes to 8 hours; Pesalink's lives 25 minutes.</summary>
internal static class BankTransfer
{
    static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);
    static readonly TimeSpan Longest = TimeSpan.FromHours(8);
    static readonly TimeSpan Pesalink = TimeSpan.FromMinutes(25);

    public static ChargePlan? Plan(JsonObject instrument, PaymentRequest request, SandboxClock clock)
    {
        if (Lifetime(Body.Text(instrument, "account_expires_at"), request.Currency, clock) is not { } lifetime)
            return null;
        var fields = new JsonObject
        {
            ["display_text"] = "Please make a transfer to the account specified",
            ["account_name"] = "PAYSTACK CHECKOUT",
            ["account_number"] = RandomNumberGenerator.GetString("0123456789", 10),
            ["bank"] = new JsonObject { ["slug"] = "test-bank", ["name"] = "Test Bank", ["id"] = 24 },
            ["account_expires_at"] = Wire.Date(clock.After(lifetime)),
        };
        if (request.Currency is "KES")
        {
            fields["amount"] = request.Amount;
            fields["transaction_reference"] = RandomNumberGenerator.GetHexString(10);
        }
        return new ChargePlan("bank_transfer", "pending_bank_transfer") { Fields = fields, ExpiresAfter = lifetime };
    }

    static TimeSpan? Lifetime(string? asked, string currency, SandboxClock clock)
    {
        if (currency is "KES")
            return Pesalink;
        if (asked is null)
            return Longest;
        if (!DateTimeOffset.TryParse(asked, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until))
            return null;
        var lifetime = until - clock.Now;
        return lifetime < Shortest ? Shortest : lifetime > Longest ? Longest : lifetime;
    }
}
