using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using WebWaka.Identity.Tokens;

namespace WebWaka.Cells.Tests.Identity;

public sealed class SigningKeyTests(CellsFixture cells)
{
    private static RootSecret Root(string? secret) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { [Wiring.Variables.RootSecret] = secret }).Build());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("too short")]
    public void Without_a_root_secret_the_process_stops_and_names_it(string? secret) =>
        Assert.StartsWith("NEXTAUTH_SECRET is missing", Assert.Throws<StartException>(() => Root(secret)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_sealed_key_opens_under_its_own_root_secret_only()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var row = SigningKeyRow.Seal(Root("a root secret, the first"), key, "k1", generation: 1, DateTimeOffset.UnixEpoch);
        var data = Encoding.UTF8.GetBytes("a token");
        Assert.True(key.VerifyData(data, row.Open(Root("a root secret, the first")).ECDsa.SignData(data, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
        var other = Assert.Throws<InvalidOperationException>(() => row.Open(Root("a root secret, another")));
        Assert.StartsWith("NEXTAUTH_SECRET is not the one", other.Message, StringComparison.Ordinal);
        Assert.Equal(-1, row.Sealed.AsSpan().IndexOf(key.ExportParameters(includePrivateParameters: true).D));
    }

    [Fact]
    public async Task Replicas_that_start_at_once_share_one_key()
    {
        var services = cells.ServicesOf("identity");
        var replicas = Enumerable.Range(0, 4).Select(
            _ => Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<SigningKeys>(services)).ToList();
        await Task.WhenAll(replicas.Select(replica => replica.StartAsync(CancellationToken.None)));
        Assert.Single(replicas.Select(replica => replica.Credentials[0].Key.KeyId).Distinct(StringComparer.Ordinal));
        Assert.All(replicas, replica => Assert.Equal(2, replica.Credentials.Count));
    }
}
