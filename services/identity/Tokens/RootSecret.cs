using System.Security.Cryptography;
using System.Text;

namespace WebWaka.Identity.Tokens;

/// <summary>The operator's one secret. Never used itself: a key is derived from it for each purpose.</summary>
internal sealed class RootSecret
{
    private readonly byte[] _secret;

    public RootSecret(IConfiguration configuration) => _secret = Encoding.UTF8.GetBytes(StartSettings.RootSecret(configuration));

    /// <summary>32 bytes for one purpose (HKDF, SHA-256).</summary>
    public byte[] KeyFor(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, 32, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>Stands for a password where requests are compared: a bare hash of one could be guessed from a stolen table.</summary>
    public string Mac(string password) =>
        Convert.ToBase64String(HMACSHA256.HashData(KeyFor("webwaka identity password fingerprint v1"), Encoding.UTF8.GetBytes(password)));
}
