using System.Net.Mail;
using WebWaka.CellKit;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Collecting;

internal static partial class CreatePayment
{
    private const int MaxEmail = 254;
    private const string DefaultUssd = "737";
    private static readonly string[] MobileMoneyProviders = ["mtn", "atl", "vod", "mpesa", "orange", "wave"];
    private static readonly string[] UssdTypes = [DefaultUssd, "919", "822", "966"];

    /// <param name="Ticket">As the sale's answer gave it: tenant, sale, tender and amount are in it.</param>
    /// <param name="Channel"><c>checkout</c>, <c>bankTransfer</c>, <c>ussd</c>, <c>mobileMoney</c>, <c>terminal</c> or <c>dedicatedAccount</c>.</param>
    /// <param name="Email">Where Paystack sends its receipt; without one an address that nobody reads is given.</param>
    /// <param name="Phone">Mobile money's payer, as the country writes it.</param>
    /// <param name="Provider">Mobile money: mtn, atl, vod, mpesa, orange or wave. USSD: the bank's type, 737 unless given.</param>
    /// <param name="Terminal">For <c>terminal</c>: Paystack's id of the device.</param>
    /// <param name="DedicatedAccount">For <c>dedicatedAccount</c>: which of the shop's account numbers, of <c>GET /api/payments/dedicated-accounts</c>.</param>
    public sealed record Request(
        string Ticket, string Channel, string? Email = null, string? Phone = null, string? Provider = null, string? Terminal = null,
        Guid? DedicatedAccount = null)
    {
        /// <summary>Whom Paystack charges without a page; null for the page.</summary>
        public PaystackInstrument? Instrument(DateTimeOffset expires) => Channel switch
        {
            Channels.BankTransfer => new PaystackInstrument.BankTransfer(expires),
            Channels.Ussd => new PaystackInstrument.Ussd(Provider ?? DefaultUssd),
            Channels.MobileMoney => new PaystackInstrument.MobileMoney(Provider!, Phone!),
            _ => null,
        };

        public Problem? Check()
        {
            if (Ticket.Length is 0 or > 2000)
                return CommonProblems.InvalidRequest.With("ticket: 1 to 2000 characters");
            if (!Channels.All.Contains(Channel, StringComparer.Ordinal))
                return CommonProblems.InvalidRequest.With($"channel: one of {string.Join(", ", Channels.All)}");
            if (Email is not null && !IsEmail(Email))
                return CommonProblems.InvalidRequest.With("email: an address");
            if (Channel == Channels.Terminal == Terminal is null || Terminal is not null && !IsTerminal(Terminal))
                return CommonProblems.InvalidRequest.With("terminal: the device's id, 1 to 40 letters and digits, with the channel terminal alone");
            if (Channel == Channels.DedicatedAccount == DedicatedAccount is null)
                return CommonProblems.InvalidRequest.With("dedicatedAccount: the account's id, with the channel dedicatedAccount alone");
            return Channel switch
            {
                Channels.MobileMoney when !MobileMoneyProviders.Contains(Provider, StringComparer.Ordinal) =>
                    CommonProblems.InvalidRequest.With($"provider: one of {string.Join(", ", MobileMoneyProviders)}"),
                Channels.MobileMoney when Phone is null || !IsPhone(Phone) =>
                    CommonProblems.InvalidRequest.With("phone: 6 to 16 digits, with or without + before them"),
                Channels.Ussd when Provider is not null && !UssdTypes.Contains(Provider, StringComparer.Ordinal) =>
                    CommonProblems.InvalidRequest.With($"provider: one of {string.Join(", ", UssdTypes)}"),
                Channels.Checkout or Channels.BankTransfer or Channels.Terminal or Channels.DedicatedAccount when Provider is not null =>
                    CommonProblems.InvalidRequest.With("provider: for ussd and mobileMoney only"),
                not Channels.MobileMoney when Phone is not null => CommonProblems.InvalidRequest.With("phone: for mobileMoney only"),
                _ => null,
            };
        }

        private static bool IsTerminal(string text) => text.Length is >= 1 and <= 40 && text.All(char.IsAsciiLetterOrDigit) && !CardNumbers.In(text);

        public static bool IsPhone(string text)
        {
            var digits = text.StartsWith('+') ? text[1..] : text;
            return digits.Length is >= 6 and <= 16 && digits.All(char.IsAsciiDigit) && !CardNumbers.In(digits);
        }

        private static bool IsEmail(string text) =>
            text.Length <= MaxEmail && text.All(c => c is > ' ' and <= '~') && MailAddress.TryCreate(text, out var address)
            && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);
    }
}
