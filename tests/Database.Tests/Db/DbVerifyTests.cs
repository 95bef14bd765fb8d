using Npgsql;
using WebWaka.Tool.Db.Compare;

namespace WebWaka.Database.Tests.Db;

/// <summary><c>webwaka db verify</c>: each kind of difference is planted and named, alone.</summary>
public sealed class DbVerifyTests(SoldDatabase sold)
{
    private static readonly SemaphoreSlim Once = new(1);
    private static IReadOnlyList<Fact>? _expected;

    /// <summary>Made once and kept: the same for every copy.</summary>
    private async Task<IReadOnlyList<Fact>> Expectation(Copy copy)
    {
        await Once.WaitAsync();
        try
        {
            await using var admin = await copy.Source.OpenConnectionAsync();
            return _expected ??= await Expected.Read(admin, copy.Admin, CancellationToken.None);
        }
        finally
        {
            Once.Release();
        }
    }

    [Theory]
    [InlineData("ALTER TABLE tax.tax_rules ADD COLUMN extra int", "too much: column tax.tax_rules.extra (integer)")]
    [InlineData("ALTER TABLE transaction.sale DROP COLUMN fingerprint", "missing: column transaction.sale.fingerprint (bytea NOT NULL)")]
    [InlineData("ALTER TABLE transaction.till_state ALTER COLUMN z_number TYPE bigint",
        "differs: column transaction.till_state.z_number: bigint NOT NULL; expected: integer NOT NULL")]
    [InlineData("ALTER TABLE transaction.sale ALTER COLUMN total DROP NOT NULL", "differs: column transaction.sale.total: bigint; expected: bigint NOT NULL")]
    [InlineData("ALTER TABLE transaction.sale ALTER COLUMN total SET DEFAULT 0", "differs: column transaction.sale.total: bigint NOT NULL default 0;")]
    [InlineData("ALTER TABLE transaction.sale ALTER COLUMN state TYPE text COLLATE \"C\"", "differs: column transaction.sale.state: text NOT NULL collate ")]
    [InlineData("DROP TABLE promotions.coupon_usage", "missing: table promotions.coupon_usage")]
    [InlineData("CREATE TABLE tax.notes (id int PRIMARY KEY)", "too much: table tax.notes (of postgres)")]
    [InlineData("ALTER TABLE tax.tax_rules SET UNLOGGED", "differs: table tax.tax_rules: of tax_owner, not durable; expected: of tax_owner")]
    [InlineData("CREATE VIEW tax.all_rules AS SELECT * FROM tax.tax_rules", "too much: view tax.all_rules")]
    [InlineData("ALTER TABLE inventory.product NO FORCE ROW LEVEL SECURITY",
        "differs: row-level security inventory.product: on, not forced; expected: on, forced")]
    [InlineData("ALTER TABLE inventory.product DISABLE ROW LEVEL SECURITY", "differs: row-level security inventory.product: off, forced; expected: on, forced")]
    [InlineData("DROP POLICY tenant_only ON history.journal",
        "missing: policy history.journal.tenant_only (restrictive for * to history_app using (tenant_id = ")]
    [InlineData("CREATE POLICY more ON history.journal TO history_app USING (true)",
        "too much: policy history.journal.more (permissive for * to history_app using true")]
    [InlineData("ALTER POLICY tenant ON history.journal USING (true)", "differs: policy history.journal.tenant: permissive for * to history_app using true")]
    [InlineData("ALTER POLICY tenant ON history.journal TO PUBLIC", "differs: policy history.journal.tenant: permissive for * to PUBLIC using ")]
    [InlineData("GRANT DELETE ON transaction.refund TO transaction_app", "too much: grant DELETE on transaction.refund to transaction_app (granted)")]
    [InlineData("GRANT SELECT ON transaction.sale TO PUBLIC", "too much: grant SELECT on transaction.sale to PUBLIC (granted)")]
    [InlineData("GRANT UPDATE (total) ON transaction.refund TO transaction_app",
        "too much: grant UPDATE on transaction.refund.total to transaction_app (granted)")]
    [InlineData("REVOKE SELECT ON transaction.sale FROM webwaka_ops", "missing: grant SELECT on transaction.sale to webwaka_ops (granted)")]
    [InlineData("GRANT SELECT ON transaction.sale TO transaction_app WITH GRANT OPTION",
        "differs: grant SELECT on transaction.sale to transaction_app: and may be handed on; expected: granted")]
    [InlineData("GRANT USAGE ON SCHEMA tax TO history_app", "too much: grant USAGE on schema tax to history_app (granted)")]
    [InlineData("GRANT USAGE ON SEQUENCE tax.outbox_id_seq TO tax_app", "too much: grant USAGE on tax.outbox_id_seq to tax_app (granted)")]
    [InlineData("ALTER DEFAULT PRIVILEGES IN SCHEMA tax GRANT SELECT ON TABLES TO history_app", "too much: grant in advance tax r postgres")]
    [InlineData("DROP INDEX transaction.ix_product_tenant_id_sku", "missing: index transaction.ix_product_tenant_id_sku (CREATE INDEX ")]
    [InlineData("CREATE INDEX more ON tax.tax_rules (tenant_id)", "too much: index tax.more (CREATE INDEX more ON tax.tax_rules ")]
    [InlineData("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'tax.pk_tax_rules'::regclass",
        "differs: index tax.pk_tax_rules: CREATE UNIQUE INDEX ")]
    [InlineData("ALTER TABLE transaction.refund DROP CONSTRAINT fk_refund_sale_tenant_id_sale_id",
        "missing: foreign key transaction.refund.fk_refund_sale_tenant_id_sale_id (FOREIGN KEY ")]
    [InlineData("ALTER TABLE tax.tax_rules ADD CONSTRAINT more CHECK (true) NOT VALID",
        "too much: constraint tax.tax_rules.more (CHECK (true) NOT VALID not validated)")]
    [InlineData("CREATE FUNCTION tax.more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "too much: function tax.more() (of postgres CREATE OR REPLACE FUNCTION ", "grant")]
    [InlineData("DROP FUNCTION transaction.must", "missing: function transaction.must(boolean,text)", "grant")]
    [InlineData("""
        CREATE OR REPLACE FUNCTION transaction.must(condition boolean, code text) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN true; END'
        """, "differs: function transaction.must(boolean,text): ")]
    [InlineData("ALTER FUNCTION transaction.must SECURITY DEFINER", "differs: function transaction.must(boolean,text): ")]
    [InlineData("CREATE TRIGGER more BEFORE INSERT ON tax.tax_rules FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "too much: trigger tax.tax_rules.more (")]
    [InlineData("CREATE RULE more AS ON DELETE TO tax.tax_rules DO INSTEAD NOTHING", "too much: rule tax.tax_rules.more (")]
    [InlineData("CREATE TYPE tax.colour AS ENUM ('red')", "too much: type tax.colour (e")]
    [InlineData("ALTER SCHEMA tax OWNER TO postgres", "differs: schema tax: of postgres; expected: of tax_owner", "grant")]
    [InlineData("DROP SCHEMA tax CASCADE", "missing: schema tax (of tax_owner)")]
    [InlineData("INSERT INTO tax.__ef_migrations VALUES ('29991231000000_Later', '99')", "too much: migration tax 29991231000000_Later (applied)")]
    [InlineData("DELETE FROM tax.__ef_migrations WHERE migration_id LIKE '%_Initial'", "missing: migration tax ")]
    public async Task A_difference_is_named_and_nothing_else(string plant, string said, string besides = "none")
    {
        await using var copy = await sold.Take();
        var expected = await Expectation(copy);
        await copy.Run($"SET allow_system_table_mods = on; {plant}");
        await using var admin = await copy.Source.OpenConnectionAsync();

        var differences = Differences.Between(expected, await Catalogue.OfSchemas(admin, CancellationToken.None));

        var named = Assert.Single(differences, difference => !difference.Contains($": {besides} ", StringComparison.Ordinal));
        Assert.StartsWith(said, named, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_said_of_a_pushed_database_and_nothing_is_left_behind()
    {
        await using var copy = await sold.Take();

        var said = await Tool.Run(sold, copy.Admin, "db", "verify").Ok();

        Assert.Equal("The database is as the code expects.", said.Output.Trim());
        Assert.Equal(0L, await copy.Run($"SELECT count(*) FROM pg_database WHERE datname = '{copy.Name}_expected'"));
    }

    [Fact]
    public async Task A_difference_ends_the_command_with_1_and_a_push_mends_rights_and_policies()
    {
        await using var copy = await sold.Take();
        await copy.Run("DROP POLICY tenant ON tax.tax_rules; ALTER TABLE tax.tax_rules NO FORCE ROW LEVEL SECURITY; GRANT ALL ON tax.tax_rules TO tax_app");

        var said = await Tool.Run(sold, copy.Admin, "db", "verify");

        Assert.Equal(1, said.ExitCode);
        Assert.Contains("missing: policy tax.tax_rules.tenant ", said.Output, StringComparison.Ordinal);
        Assert.Contains("not forced; expected: on, forced", said.Output, StringComparison.Ordinal);
        Assert.Contains("too much: grant TRUNCATE on tax.tax_rules to tax_app", said.Output, StringComparison.Ordinal);
        await Tool.Run(sold, copy.Admin, "db", "push").Ok();
        await Tool.Run(sold, copy.Admin, "db", "verify").Ok();
    }

    [Fact]
    public async Task A_database_that_only_has_the_name_to_compare_with_is_left_alone()
    {
        await using var copy = await sold.Take();
        await copy.Run($"CREATE DATABASE {copy.Name}_expected TEMPLATE template0");
        try
        {
            await Tool.Run(sold, copy.Admin, "db", "verify").Refuses($"There is a database {copy.Name}_expected that is not this program's");
            Assert.Equal(1L, await copy.Run($"SELECT count(*) FROM pg_database WHERE datname = '{copy.Name}_expected'"));
            // What a killed run left behind is its own, and is made anew.
            await copy.Run($"COMMENT ON DATABASE {copy.Name}_expected IS 'webwaka db verify: thrown away after use'");
            await Tool.Run(sold, copy.Admin, "db", "verify").Ok();
        }
        finally
        {
            await copy.Run($"DROP DATABASE IF EXISTS {copy.Name}_expected");
        }
    }
}
