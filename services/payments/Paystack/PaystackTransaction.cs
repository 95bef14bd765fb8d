using System.Text.Json;
using WebWaka.Payments.DedicatedAccounts;

namespace WebWaka.Payments.Paystack;

/// <summary>A transaction as verify, the list, a charge's answer and <c>charge.success</c> give it. Amounts in subunits.</summary>
internal sealed record PaystackTransaction
{
    public const string DedicatedAccount = "dedicated_nuban";

    public required ulong Id { get; init; }
    public required string Reference { get; init; }

    /// <summary>
    /// success, failed, abandoned, ongoing, pending, processing, queued, reversal-pending, reversed. Only success is paid.
    /// </summary>
    public required string Status { get; init; }
    public required PaystackAmount Amount { get; init; }

    /// <summary>The price, when the customer bears Paystack's fee and <see cref="Amount"/> holds both.</summary>
    public long? RequestedSubunits { get; init; }

    /// <summary>What Paystack keeps. Null until it says so.</summary>
    public long? FeeSubunits { get; init; }
    public string? Domain { get; init; }
    public string? Channel { get; init; }
    public string? Message { get; init; }
    public string? GatewayResponse { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public string? CustomerCode { get; init; }
    public string? CustomerEmail { get; init; }
    public string? CardBrand { get; init; }
    public string? CardLast4 { get; init; }

    /// <summary>For transfers to an account of our own: the number that was paid to.</summary>
    public string? ReceiverAccount { get; init; }
    public string? TerminalId { get; init; }

    /// <summary>Where it was paid, when its reference is Paystack's own: the device or the account number, as payments wait there.</summary>
    public string? Place => TerminalId ?? (Channel is DedicatedAccount ? Places.OfAccount(ReceiverAccount) : null);
    public PaystackShares? Shares { get; init; }

    /// <summary>What Paystack calls it, where we asked for it under another name: a payment at a terminal or to an account number.</summary>
    public string? Alias { get; init; }

    /// <summary>Null if it lacks what makes it a transaction.</summary>
    public static PaystackTransaction? Read(JsonElement data)
    {
        if (data.Id("id") is not { } id || data.Text("reference") is not { } reference || data.Text("status") is not { } status
            || data.Whole("amount") is not { } amount || data.Text("currency") is not { } currency)
            return null;
        var authorization = data.Object("authorization");
        var customer = data.Object("customer");
        return new PaystackTransaction
        {
            Id = id, Reference = reference, Status = status, Amount = PaystackAmount.Reported(amount, currency),
            RequestedSubunits = data.Whole("requested_amount"),
            FeeSubunits = data.Whole("fees"),
            Domain = data.Text("domain"),
            Channel = data.Text("channel"),
            Message = data.Text("message"),
            GatewayResponse = data.Text("gateway_response"),
            PaidAt = data.Moment("paid_at") ?? data.Moment("paidAt"),
            CreatedAt = data.Moment("created_at") ?? data.Moment("createdAt"),
            CustomerCode = customer?.Text("customer_code"),
            CustomerEmail = customer?.Text("email"),
            CardBrand = authorization?.Text("brand"),
            CardLast4 = authorization?.Text("last4"),
            ReceiverAccount = authorization?.Text("receiver_bank_account_number"),
            TerminalId = data.Object("source") is { } source && source.Text("source") is "pos" ? source.Text("identifier") : null,
            Shares = data.Object("split")?.Object("shares") is { } shares ? PaystackShares.Read(shares) : null,
        };
    }
}

/// <summary>Who got what of a split payment, in subunits. The three sum to the amount.</summary>
internal sealed record PaystackShares(long Paystack, long Integration, IReadOnlyList<(string SubaccountCode, long Amount)> Subaccounts)
{
    public static PaystackShares? Read(JsonElement shares)
    {
        if (shares.Whole("paystack") is not { } paystack || shares.Whole("integration") is not { } integration)
            return null;
        var subaccounts = new List<(string, long)>();
        foreach (var share in shares.Array("subaccounts")?.EnumerateArray() ?? default)
        {
            if (share.Text("subaccount_code") is not { } code || share.Whole("amount") is not { } amount)
                return null;
            subaccounts.Add((code, amount));
        }
        return new PaystackShares(paystack, integration, subaccounts);
    }
}
