using WebWaka.Database.Tests.Verify;
using WebWaka.Tool.Db.Compare;

namespace WebWaka.Database.Tests.Db;

/// <summary>Roles as <c>webwaka db verify</c> sees them: they belong to the server, so nothing else runs meanwhile.</summary>
[Collection(ServerCollection.Name)]
public sealed class DbRoleTests(SoldDatabase sold)
{
    [Theory]
    [InlineData("ALTER ROLE tax_app BYPASSRLS", "ALTER ROLE tax_app NOBYPASSRLS", "differs: role tax_app: may log in, BYPASSRLS; expected: may log in")]
    [InlineData("ALTER ROLE tax_relay SUPERUSER", "ALTER ROLE tax_relay NOSUPERUSER", "differs: role tax_relay: may log in, SUPERUSER; expected: may log in")]
    [InlineData("ALTER ROLE tax_owner LOGIN", "ALTER ROLE tax_owner NOLOGIN", "differs: role tax_owner: may log in; expected: may not log in")]
    [InlineData("ALTER ROLE webwaka_ops CREATEROLE", "ALTER ROLE webwaka_ops NOCREATEROLE",
        "differs: role webwaka_ops: may log in, CREATEROLE; expected: may log in")]
    [InlineData("ALTER ROLE tax_app CREATEDB", "ALTER ROLE tax_app NOCREATEDB", "differs: role tax_app: may log in, CREATEDB; expected: may log in")]
    [InlineData("ALTER ROLE tax_app REPLICATION", "ALTER ROLE tax_app NOREPLICATION", "differs: role tax_app: may log in, REPLICATION; expected: may log in")]
    [InlineData("ALTER ROLE tax_app NOINHERIT", "ALTER ROLE tax_app INHERIT", "differs: role tax_app: may log in, NOINHERIT; expected: may log in")]
    [InlineData("ALTER ROLE tax_relay VALID UNTIL '2100-01-01Z'",
        "SET allow_system_table_mods = on; UPDATE pg_authid SET rolvaliduntil = NULL WHERE rolname = 'tax_relay'",
        "differs: role tax_relay: may log in, until 2100-01-01 00:00:00+00; expected: may log in")]
    [InlineData("ALTER ROLE tax_app RESET idle_in_transaction_session_timeout", "ALTER ROLE tax_app SET idle_in_transaction_session_timeout = '15s'",
        "missing: setting of a role tax_app idle_in_transaction_session_timeout (15s)")]
    [InlineData("ALTER ROLE tax_relay RESET enable_seqscan", "ALTER ROLE tax_relay SET enable_seqscan = off",
        "missing: setting of a role tax_relay enable_seqscan (off)")]
    [InlineData("ALTER ROLE tax_app SET default_toast_compression = 'pglz'", "ALTER ROLE tax_app SET default_toast_compression = 'lz4'",
        "differs: setting of a role tax_app default_toast_compression: pglz; expected: lz4")]
    [InlineData("CREATE ROLE stranger; GRANT tax_owner TO stranger", "DROP ROLE stranger", "too much: membership stranger in tax_owner (granted)")]
    [InlineData("CREATE ROLE stranger; GRANT stranger TO tax_app", "DROP ROLE stranger", "too much: membership tax_app in stranger (granted)")]
    [InlineData("ALTER ROLE tax_app SET search_path = public", "ALTER ROLE tax_app SET search_path = tax",
        "differs: setting of a role tax_app search_path: public; expected: tax")]
    [InlineData("ALTER ROLE tax_app SET app.tenant_id = 'x'", "ALTER ROLE tax_app RESET app.tenant_id",
        "too much: setting of a role tax_app app.tenant_id (x)")]
    [InlineData("GRANT tax_owner TO tax_app", "REVOKE tax_owner FROM tax_app", "too much: membership tax_app in tax_owner (granted)")]
    [InlineData("ALTER ROLE tax_relay RENAME TO tax_elsewhere", "ALTER ROLE tax_elsewhere RENAME TO tax_relay", "missing: role tax_relay (may log in)")]
    public async Task A_role_that_is_otherwise_is_named(string plant, string mend, string said)
    {
        await using var copy = await sold.Take();
        await copy.Run(plant);
        try
        {
            var differences = await DbVerify.Compare(copy.Admin, CancellationToken.None);

            Assert.Contains(said, differences);
        }
        finally
        {
            await copy.Run(mend);
            // Renaming a role takes its password away.
            await copy.Run($"ALTER ROLE tax_relay PASSWORD '{sold.Password}'");
        }
    }
}
