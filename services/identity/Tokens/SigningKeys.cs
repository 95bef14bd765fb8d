using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace WebWaka.Identity.Tokens;

/// <summary>An ES256 key pair: PKCS #8, sealed by AES-256-GCM as nonce (12), tag (16), ciphertext.</summary>
internal sealed class SigningKeyRow
{
    /// <summary>The highest signs; older ones are served until what they signed has expired.</summary>
    public int Generation { get; init; }

    public required string KeyId { get; init; }
    public required byte[] Sealed { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    private const string Purpose = "webwaka identity signing keys v1";

    public static SigningKeyRow Seal(RootSecret root, ECDsa key, string keyId, int generation, DateTimeOffset now)
    {
        var plain = key.ExportPkcs8PrivateKey();
        var box = new byte[28 + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, 12));
        using var aes = new AesGcm(root.KeyFor(Purpose), 16);
        aes.Encrypt(box.AsSpan(0, 12), plain, box.AsSpan(28), box.AsSpan(12, 16), Encoding.UTF8.GetBytes(keyId));
        CryptographicOperations.ZeroMemory(plain);
        return new SigningKeyRow { Generation = generation, KeyId = keyId, Sealed = box, CreatedAt = now };
    }

    public ECDsaSecurityKey Open(RootSecret root)
    {
        var plain = new byte[Sealed.Length - 28];
        using var aes = new AesGcm(root.KeyFor(Purpose), 16);
        try
        {
            aes.Decrypt(Sealed.AsSpan(0, 12), Sealed.AsSpan(28), Sealed.AsSpan(12, 16), plain, Encoding.UTF8.GetBytes(KeyId));
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new InvalidOperationException(
                $"{Wiring.Variables.RootSecret} is not the one that the signing keys in {IdentityCell.Name}.signing_key were sealed under.", error);
        }

        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(plain, out _);
        CryptographicOperations.ZeroMemory(plain);
        return new ECDsaSecurityKey(key) { KeyId = KeyId };
    }
}

/// <summary>The keys that sign access tokens, opened before the door does. The first process to come makes the first one.</summary>
internal sealed class SigningKeys(RootSecret root, IServiceScopeFactory scopes, TimeProvider clock) : IHostedService
{
    private IReadOnlyList<SigningCredentials>? _credentials;

    /// <summary>Newest first: OpenIddict signs with the first and serves all.</summary>
    public IReadOnlyList<SigningCredentials> Credentials =>
        _credentials ?? throw new InvalidOperationException("The signing keys are read when the process starts.");

    /// <summary>Encrypts refresh tokens; the same in every replica.</summary>
    public EncryptingCredentials Encryption { get; } = new(
        new SymmetricSecurityKey(root.KeyFor("webwaka identity token encryption v1")),
        SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512);

    public async Task StartAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DirectoryDb>();
        using (var made = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            var now = clock.GetUtcNow();
            var row = SigningKeyRow.Seal(root, made, Guid.CreateVersion7(now).ToString("N"), generation: 1, now);
            // Replicas that start at once each offer one; the first is everybody's.
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO signing_key (generation, key_id, sealed, created_at) VALUES ({row.Generation}, {row.KeyId}, {row.Sealed}, {row.CreatedAt}) ON CONFLICT DO NOTHING", ct);
        }

        var rows = await db.SigningKeys.AsNoTracking().OrderByDescending(row => row.Generation).ToListAsync(ct);
        _credentials = rows.ConvertAll(row => new SigningCredentials(row.Open(root), SecurityAlgorithms.EcdsaSha256));
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
}
