using System.Security.Cryptography;
using System.Text;

namespace WebWaka.Payments.Paystack;

/// <summary><c>x-paystack-signature</c>: HMAC-SHA512 of the raw body bytes, in hex.</summary>
internal static class PaystackSignature
{
    public const string Header = "x-paystack-signature";

    /// <summary>
    /// True if <paramref name="signature"/> is of exactly these bytes. Give the bytes as received: parsing and writing JSON again
    /// makes other bytes. Compared in constant time; missing, not hex or of another length is false.
    /// </summary>
    public static bool Verify(ReadOnlySpan<byte> body, string? signature, string key)
    {
        Span<byte> sent = stackalloc byte[HMACSHA512.HashSizeInBytes];
        if (signature?.Length != 2 * HMACSHA512.HashSizeInBytes
            || Convert.FromHexString(signature, sent, out _, out _) is not System.Buffers.OperationStatus.Done)
            return false;
        Span<byte> ours = stackalloc byte[HMACSHA512.HashSizeInBytes];
        HMACSHA512.HashData(Encoding.UTF8.GetBytes(key), body, ours);
        return CryptographicOperations.FixedTimeEquals(sent, ours);
    }
}
