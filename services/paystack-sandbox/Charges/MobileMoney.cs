using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>Mobile money: test numbers are paid at once, any other waits 180 seconds for its payer.</summary>
internal static class MobileMoney
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    static readonly string[] Providers = ["mtn", "atl", "vod", "mpesa", "mpesa_offline", "mptill", "orange", "wave"];
    static readonly string[] PaidAtOnce = ["0551234987", "+254710000000"];

    public static ChargePlan? Plan(JsonObject instrument)
    {
        var provider = Body.Text(instrument, "provider");
        var phone = Body.Text(instrument, "phone") ?? Body.Text(instrument, "account");
        if (!Providers.Contains(provider))
            return null;
        if (provider is "mpesa_offline")
            return Prompt("Please pay to the paybill shown, with the account number as reference") with
            {
                Fields = new JsonObject
                {
                    ["display_text"] = "Please pay to the paybill shown, with the account number as reference",
                    ["account_number"] = "4084333",
                    ["account_reference"] = System.Security.Cryptography.RandomNumberGenerator.GetHexString(10),
                },
            };
        if (phone is null || phone.Count(char.IsAsciiDigit) < 9)
            return new ChargePlan("mobile_money", TransactionStatus.Failed) { Message = "Invalid phone number" };
        if (PaidAtOnce.Contains(phone))
            return new ChargePlan("mobile_money", TransactionStatus.Success);
        return (provider, phone) is ("orange", "0700000000")
            ? ChargePlan.Waiting("mobile_money", new Step("send_otp", "1234", "Please dial #144*82# for your OTP and enter it"))
            : Prompt("Please complete authorization process on your mobile phone");
    }

    static ChargePlan Prompt(string text) => new("mobile_money", "pay_offline")
    {
        Fields = new JsonObject { ["display_text"] = text },
        ExpiresAfter = Patience,
    };
}
