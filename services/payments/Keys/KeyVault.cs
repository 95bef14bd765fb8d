using System.Security.Cryptography;
using System.Text;

namespace WebWaka.Payments.Keys;

/// <summary>
/// Tenants' secret keys in envelopes: each under a data key of its own, and that one under a key derived from the operator's root
/// secret. With another root secret the old one is given as <c>NEXTAUTH_SECRET_PREVIOUS</c> until every envelope has been opened once.
/// Bound to the tenant: an envelope that was moved to another row does not open.
/// </summary>
internal sealed class KeyVault
{
    public const string PreviousSecret = "NEXTAUTH_SECRET_PREVIOUS";
    private const byte Version = 1;
    private const int IdBytes = 8;
    private const int KeyBytes = 32;
    private const int Overhead = 28;
    private static readonly byte[] Purpose = "webwaka payments keys v1"u8.ToArray();
    private readonly byte[][] _masters;

    public KeyVault(IConfiguration configuration)
    {
        var previous = configuration[PreviousSecret];
        _masters = [Derive(StartSettings.RootSecret(configuration)), .. previous is { Length: > 0 } ? new[] { Derive(previous) } : []];
    }

    public byte[] Seal(Guid tenant, string secret)
    {
        var data = RandomNumberGenerator.GetBytes(KeyBytes);
        var master = _masters[0];
        byte[] box = [Version, .. IdOf(master), .. Encrypt(master, data, tenant), .. Encrypt(data, Encoding.UTF8.GetBytes(secret), tenant)];
        CryptographicOperations.ZeroMemory(data);
        return box;
    }

    /// <returns>The secret, and whether it lies under an older root secret: then seal it again.</returns>
    public (string Secret, bool Stale) Open(Guid tenant, ReadOnlySpan<byte> box)
    {
        if (box.Length < 1 + IdBytes + KeyBytes + 2 * Overhead || box[0] != Version)
            throw new InvalidOperationException("A sealed Paystack key cannot be read.");
        var id = box.Slice(1, IdBytes).ToArray();
        var master = Array.Find(_masters, key => IdOf(key).AsSpan().SequenceEqual(id))
            ?? throw new InvalidOperationException($"A Paystack key was sealed under another root secret: give that one as {PreviousSecret}.");
        var rest = box[(1 + IdBytes)..];
        var data = Decrypt(master, rest[..(KeyBytes + Overhead)], tenant);
        var secret = Decrypt(data, rest[(KeyBytes + Overhead)..], tenant);
        return (Encoding.UTF8.GetString(secret), !ReferenceEquals(master, _masters[0]));
    }

    private static byte[] Derive(string root) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(root), KeyBytes, info: Purpose);

    private static byte[] IdOf(byte[] master) => SHA256.HashData(master)[..IdBytes];

    /// <summary>Nonce (12), tag (16), ciphertext.</summary>
    private static byte[] Encrypt(byte[] key, byte[] plain, Guid tenant)
    {
        var box = new byte[Overhead + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, 12));
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(box.AsSpan(0, 12), plain, box.AsSpan(Overhead), box.AsSpan(12, 16), tenant.ToByteArray());
        return box;
    }

    private static byte[] Decrypt(byte[] key, ReadOnlySpan<byte> box, Guid tenant)
    {
        var plain = new byte[box.Length - Overhead];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(box[..12], box[Overhead..], box.Slice(12, 16), plain, tenant.ToByteArray());
        return plain;
    }
}
