using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using WebWaka.Identity.Tokens;

namespace WebWaka.Cells.Tests;

/// <summary>Makes the tests' key one of identity's, so that tokens signed with it hold when a Cell asks identity for its keys.</summary>
internal static class IdentityKeys
{
    public static async Task Add(NpgsqlDataSource admin, string rootSecret, ECDsaSecurityKey key)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { [Wiring.Variables.RootSecret] = rootSecret }).Build();
        var row = SigningKeyRow.Seal(new RootSecret(configuration), key.ECDsa, key.KeyId, generation: 0, TimeProvider.System.GetUtcNow());
        await using var command = admin.CreateCommand("INSERT INTO identity.signing_key (generation, key_id, sealed, created_at) VALUES ($1, $2, $3, $4)");
        foreach (var value in new object[] { row.Generation, row.KeyId, row.Sealed, row.CreatedAt })
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
