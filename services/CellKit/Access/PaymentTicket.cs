using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace WebWaka.CellKit;

/// <summary>
/// Transaction's word to Payments, carried by the till: exactly this money may be collected for exactly this tender. Signed,
/// so that Payments need not ask and a till cannot change it.
/// </summary>
/// <param name="Tender">The tender's number within the sale, from 1.</param>
/// <param name="Amount">Minor units.</param>
public sealed record PaymentTicket(Guid TenantId, Guid SaleId, int Tender, long Amount, string Currency, DateTimeOffset ExpiresAt);

/// <summary>Signs and reads tickets with a key derived from the root secret (<c>NEXTAUTH_SECRET</c>).</summary>
public sealed class PaymentTickets
{
    private readonly byte[] _key;

    public PaymentTickets(IConfiguration configuration)
    {
        var root = Encoding.UTF8.GetBytes(StartSettings.RootSecret(configuration));
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, root, 32, info: "webwaka payment ticket"u8.ToArray());
    }

    /// <summary><c>payload.signature</c>, both base64url.</summary>
    public string Sign(PaymentTicket ticket)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(ticket, Json.Options);
        return $"{Base64Url.EncodeToString(payload)}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, payload))}";
    }

    /// <summary>The ticket, or null when it is not one of ours. Whether it has expired is the reader's question.</summary>
    public PaymentTicket? Read(string text)
    {
        var parts = text.Split('.');
        if (text.Length > 2000 || parts.Length != 2 || !Base64Url.IsValid(parts[0]) || !Base64Url.IsValid(parts[1]))
            return null;
        var payload = Base64Url.DecodeFromChars(parts[0]);
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, payload), Base64Url.DecodeFromChars(parts[1]))
            ? JsonSerializer.Deserialize<PaymentTicket>(payload, Json.Tolerant)
            : null;
    }
}
