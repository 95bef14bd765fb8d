using WebWaka.Tool.Verify;

namespace WebWaka.Database.Tests.Verify;

/// <summary>What changes the roles of the whole server is done while no other test runs.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ServerCollection
{
    public const string Name = "the whole server";
}

[Collection(ServerCollection.Name)]
public sealed class RoleFaultTests(SoldDatabase sold)
{
    [Theory]
    [InlineData("ALTER ROLE tax_app BYPASSRLS", "ALTER ROLE tax_app NOBYPASSRLS")]
    [InlineData("ALTER ROLE tax_relay SUPERUSER", "ALTER ROLE tax_relay NOSUPERUSER")]
    [InlineData("ALTER ROLE tax_app CREATEROLE", "ALTER ROLE tax_app NOCREATEROLE")]
    [InlineData("GRANT tax_owner TO tax_app", "REVOKE tax_owner FROM tax_app")]
    [InlineData("GRANT webwaka_ops TO tax_app", "REVOKE webwaka_ops FROM tax_app")]
    [InlineData("ALTER TABLE tax.tax_rules OWNER TO tax_app", "ALTER TABLE tax.tax_rules OWNER TO tax_owner")]
    public async Task A_role_that_passes_row_level_security_breaks_I5(string plant, string mend)
    {
        await using var copy = await sold.Take();
        await copy.Run(plant);
        try
        {
            var failed = Assert.Single(await Verification.Check(copy.Ops, CancellationToken.None), finding => !finding.Holds);

            Assert.Equal("I5", failed.Name);
            Assert.Contains(failed.Faults, said => said.StartsWith("a role that row-level security does not bind: tax_", StringComparison.Ordinal));
        }
        finally
        {
            await copy.Run(mend);
        }
    }
}
