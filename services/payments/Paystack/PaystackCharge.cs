using System.Text.Json;

namespace WebWaka.Payments.Paystack;

/// <summary>What a charge answers: decided, or what it waits for.</summary>
internal sealed record PaystackCharge
{
    public required string Reference { get; init; }

    /// <summary>
    /// success, failed, timeout, pending, send_pin, send_otp, send_phone, send_birthday, send_address, open_url, pay_offline or
    /// pending_bank_transfer. Everything but the first three is in flight: neither paid nor failed.
    /// </summary>
    public required string Status { get; init; }
    public string? Message { get; init; }
    public string? DisplayText { get; init; }
    public string? Url { get; init; }
    public string? UssdCode { get; init; }
    public string? QrCode { get; init; }
    public string? AccountNumber { get; init; }
    public string? AccountName { get; init; }
    public string? AccountReference { get; init; }
    public string? BankName { get; init; }
    public DateTimeOffset? AccountExpiresAt { get; init; }

    /// <summary>The whole transaction, once it is decided.</summary>
    public PaystackTransaction? Transaction { get; init; }

    /// <summary>Null if it has no status. A failed step names no reference, so the one asked about stands in.</summary>
    public static PaystackCharge? Read(JsonElement data, string reference) =>
        data.Text("status") is not { } status ? null : new PaystackCharge
    {
        Reference = data.Text("reference") ?? reference,
        Status = status,
        Message = data.Text("message"),
        DisplayText = data.Text("display_text"),
        Url = data.Text("url"),
        UssdCode = data.Text("ussd_code"),
        QrCode = data.Text("qr_code"),
        AccountNumber = data.Text("account_number"),
        AccountName = data.Text("account_name"),
        // Pesalink and M-PESA name the same thing differently: what the payer must write beside the transfer.
        AccountReference = data.Text("account_reference") ?? data.Text("transaction_reference"),
        BankName = data.Object("bank")?.Text("name"),
        AccountExpiresAt = data.Moment("account_expires_at"),
        Transaction = PaystackTransaction.Read(data),
    };
}
