using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace WebWaka.Cells.Tests.Identity;

/// <summary>Tokens that must not open a Cell's door, each a valid one but for one thing. RFC 8725; security.md Q-11.</summary>
public sealed class TokenDoorTests(CellsFixture cells)
{
    private static readonly DateTime Now = TimeProvider.System.GetUtcNow().UtcDateTime;

    private async Task Opens(string token) => await Door(token).IsProblem(404, "not_found");

    private async Task Refused(string token, string code = "not_signed_in") => await Door(token).IsProblem(401, code);

    private Task<HttpResponseMessage> Door(string token)
    {
        var client = new HttpClient { BaseAddress = cells.AddressOf("identity") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client.GetAsync("/api/settings");
    }

    [Fact]
    public async Task A_token_of_another_issuer_audience_or_type_is_refused()
    {
        var shop = new Shop(cells);
        await Opens(shop.Token());
        await Refused(shop.Token(change: t => t.Issuer = "https://elsewhere/"));
        await Refused(shop.Token(change: t => t.Audience = "another"));
        await Refused(shop.Token(change: t => t.TokenType = "JWT"));
    }

    [Fact]
    public async Task A_token_before_or_after_its_time_is_refused()
    {
        var shop = new Shop(cells);
        await Refused(shop.Token(change: t => (t.IssuedAt, t.NotBefore, t.Expires) = (Now.AddMinutes(-20), Now.AddMinutes(-20), Now.AddMinutes(-1))), "token_expired");
        await Refused(shop.Token(change: t => t.NotBefore = Now.AddMinutes(5)));
        await Refused(Signed(Header(), Payload(shop, payload => payload.Remove("exp"))), "token_expired");
    }

    [Fact]
    public async Task A_token_of_an_unknown_key_or_a_known_ones_name_is_refused()
    {
        var shop = new Shop(cells);
        var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Refused(shop.Token(
            change: t => t.SigningCredentials = new(new ECDsaSecurityKey(stranger) { KeyId = "stranger" }, SecurityAlgorithms.EcdsaSha256)));
        await Refused(shop.Token(change: t => t.SigningCredentials = new(new ECDsaSecurityKey(stranger) { KeyId = "test" }, SecurityAlgorithms.EcdsaSha256)));
        var p = stranger.ExportParameters(includePrivateParameters: false);
        var jwk = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(p.Q.X!), ["y"] = Base64UrlEncoder.Encode(p.Q.Y!) };
        await Refused(Signed(Header(header => header["jwk"] = jwk), Payload(shop), stranger));
        await Refused(Signed(Header(header => header["jku"] = "http://127.0.0.1:9/keys"), Payload(shop), stranger));
    }

    [Fact]
    public async Task A_token_without_signature_or_with_a_secret_of_the_public_key_is_refused()
    {
        var shop = new Shop(cells);
        await Opens(Signed(Header(), Payload(shop)));
        var none = $"{Encoded(Header(header => header["alg"] = "none"))}.{Encoded(Payload(shop))}.";
        await Refused(none);
        var signed = $"{Encoded(Header(header => header["alg"] = "HS256"))}.{Encoded(Payload(shop))}";
        var publicKey = cells.SigningKey.ECDsa;
        foreach (var secret in new[] { publicKey.ExportSubjectPublicKeyInfo(), Encoding.UTF8.GetBytes(publicKey.ExportSubjectPublicKeyInfoPem()) })
            await Refused($"{signed}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(signed)))}");
    }

    [Fact]
    public async Task A_token_whose_tenant_was_changed_is_refused()
    {
        var shop = new Shop(cells);
        var parts = Signed(Header(), Payload(shop)).Split('.');
        await Refused($"{parts[0]}.{Encoded(Payload(new Shop(cells)))}.{parts[2]}");
        await Refused(Signed(Header(), Payload(shop, payload => payload.Remove("tid"))));
    }

    private static JsonObject Header(Action<JsonObject>? change = null)
    {
        var header = new JsonObject { ["alg"] = "ES256", ["kid"] = "test", ["typ"] = "at+jwt" };
        change?.Invoke(header);
        return header;
    }

    private static JsonObject Payload(Shop shop, Action<JsonObject>? change = null)
    {
        var payload = new JsonObject
        {
            ["iss"] = "https://localhost/", ["aud"] = "webwaka", ["exp"] = EpochTime.GetIntDate(Now.AddMinutes(10)), ["sub"] = shop.Tenant.ToString(),
            ["tid"] = shop.Tenant.ToString(), ["tenant"] = shop.Slug, ["perm"] = "sell",
        };
        change?.Invoke(payload);
        return payload;
    }

    private string Signed(JsonObject header, JsonObject payload, ECDsa? key = null)
    {
        var text = $"{Encoded(header)}.{Encoded(payload)}";
        return $"{text}.{Base64UrlEncoder.Encode((key ?? cells.SigningKey.ECDsa).SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string Encoded(JsonObject part) => Base64UrlEncoder.Encode(part.ToJsonString());
}
