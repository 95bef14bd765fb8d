using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace WebWaka.CellKit;

/// <summary>
/// Validates a token's signature once and remembers the outcome until it expires: a till sends the same one for ten minutes,
/// and an ES256 check costs more than the rest of a sale's HTTP. Keyed by the hash of the whole token, so nothing shorter matches.
/// </summary>
internal sealed class CachingTokenHandler(TrustedKeys keys, TimeProvider clock) : TokenHandler
{
    private const int Capacity = 20_000;
    private readonly JsonWebTokenHandler _inner = new() { MapInboundClaims = false };
    private readonly ConcurrentDictionary<Key, (TokenValidationResult Result, DateTimeOffset Until)> _valid = new();

    private readonly record struct Key(UInt128 High, UInt128 Low);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters parameters)
    {
        var key = KeyOf(token);
        var now = clock.GetUtcNow();
        if (_valid.TryGetValue(key, out var known) && known.Until > now)
            return Copy(known.Result);
        _valid.TryRemove(key, out _);
        var result = await Validate(token, parameters, fresh: false);
        // A key we do not know may be a new one of identity's: ask once, then judge.
        if (!result.IsValid && result.Exception is SecurityTokenSignatureKeyNotFoundException && await keys.Refresh())
            result = await Validate(token, parameters, fresh: true);
        if (!result.IsValid)
            return result;
        if (_valid.Count >= Capacity)
            _valid.Clear();
        _valid[key] = (result, new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero));
        return Copy(result);
    }

    private async Task<TokenValidationResult> Validate(string token, TokenValidationParameters parameters, bool fresh)
    {
        var own = parameters.Clone();
        own.IssuerSigningKeys = fresh ? keys.Known : await keys.Current();
        own.LifetimeValidator = (from, until, _, p) => InTime(from, until, p);
        return await _inner.ValidateTokenAsync(token, own);
    }

    private bool InTime(DateTime? from, DateTime? until, TokenValidationParameters p)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (until is null || until < now - p.ClockSkew)
            throw new SecurityTokenExpiredException("expired");
        return from is null || from <= now + p.ClockSkew;
    }

    /// <summary>Identities can be changed by whoever holds them, so each caller gets one of its own.</summary>
    private static TokenValidationResult Copy(TokenValidationResult result) => new()
    {
        ClaimsIdentity = new ClaimsIdentity(result.ClaimsIdentity),
        SecurityToken = result.SecurityToken,
        Issuer = result.Issuer,
        TokenType = result.TokenType,
        IsValid = true,
    };

    private static Key KeyOf(string token)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return new Key(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash), System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }

    public override SecurityToken ReadToken(string token) => _inner.ReadToken(token);
}
