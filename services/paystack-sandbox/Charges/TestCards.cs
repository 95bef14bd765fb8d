using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>
/// Paystack's published test cards. Nothing of a card is stored but its first six and last four digits, and any number that is
/// not in this table is declined unread.
/// </summary>
internal static class TestCards
{
    const string Declined = "Transaction declined. Please use the test card.";
    static readonly Step Otp = new("send_otp", "123456", "Please enter OTP (none will be sent to your phone)");
    static readonly Step Phone = new("send_phone", null, "Kindly enter a mobile no (at least 10 digits)");

    public static ChargePlan Plan(JsonObject card, string currency)
    {
        var number = (Body.Text(card, "number") ?? "").Replace(" ", "");
        return (number, Body.Text(card, "cvv")) switch
        {
            ("4084084084084081", "408") => Paid(number, currency, reusable: true),
            ("507850785078507812", "081") => Steps(number, currency, Pin("1111")),
            ("5060666666666666666", "123") => Steps(number, currency, Pin("1234"), Otp),
            ("507850785078507804", "884") => Steps(number, currency, Pin("0000"), Phone, Otp),
            ("5192602720584796", "123") => new ChargePlan("card", "open_url") { Authorization = Of(number, currency, reusable: true) },
            ("4084080000005408", "001") => Failed("Declined"),
            ("507850785078507853", "082") => Failed("Token Not Generated. Customer Not Registered on Token Platform"),
            ("4084080000670037", "787") => Failed("Insufficient Funds"),
            ("4084080000671803", "180") => Paid(number, currency, reusable: true) with { RefundOutcome = "failed" },
            ("4084080000671902", "190") => Paid(number, currency, reusable: true) with { RefundOutcome = "needs-attention" },
            _ => Failed(Declined),
        };
    }

    static Step Pin(string expected) => new("send_pin", expected, null);

    static ChargePlan Failed(string message) => new("card", TransactionStatus.Failed) { Message = message };

    static ChargePlan Paid(string number, string currency, bool reusable) =>
        new("card", TransactionStatus.Success) { Authorization = Of(number, currency, reusable) };

    static ChargePlan Steps(string number, string currency, params Step[] steps) =>
        ChargePlan.Waiting("card", steps) with { Authorization = Of(number, currency, reusable: false) };

    static Authorization Of(string number, string currency, bool reusable) => new(
        Settlement.NewAuthorizationCode(), "card", number[..6], number[^4..],
        number[0] is '4' ? "visa" : number.StartsWith("506") ? "verve" : "mastercard",
        "TEST BANK", Settlement.Country(currency), reusable);
}
