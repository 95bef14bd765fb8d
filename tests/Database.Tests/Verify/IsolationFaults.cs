namespace WebWaka.Database.Tests.Verify;

/// <summary>I5: ways past row-level security, each of a database of its own. Roles belong to the server: RoleFaultTests.cs.</summary>
internal static class IsolationFaults
{
    private const string Mine = "tenant_id = (SELECT NULLIF(current_setting('app.tenant_id', true), '')::uuid)";

    public static readonly Fault[] All =
    [
        Unguarded("ALTER TABLE tax.tax_rules DISABLE ROW LEVEL SECURITY"),
        Unguarded("ALTER TABLE identity.staff NO FORCE ROW LEVEL SECURITY"),
        Unguarded("DROP POLICY tenant ON inventory.product"),
        Unguarded("DROP POLICY tenant_only ON history.journal"),
        Unguarded("DROP POLICY tenant_only ON payments.payment; CREATE POLICY tenant_only ON payments.payment AS RESTRICTIVE TO payments_app USING (true)"),
        Unguarded("ALTER POLICY tenant_only ON transaction.sale USING (true)"),
        Unguarded($"ALTER POLICY tenant ON transaction.sale WITH CHECK ({Mine} OR total = 0)"),
        Unguarded("CREATE POLICY more ON promotions.coupon TO promotions_app USING (true)"),
        Unguarded("CREATE POLICY more ON promotions.coupon USING (true)"),
        Unguarded($"DROP POLICY tenant_only ON promotions.coupon;"
            + $"CREATE POLICY tenant_only ON promotions.coupon AS RESTRICTIVE FOR SELECT TO promotions_app USING ({Mine})"),
        Unguarded("CREATE TABLE history.notes (tenant_id uuid NOT NULL, note text)"),
        Unguarded("CREATE TABLE history.notes (note text)"),
        Unguarded("CREATE VIEW transaction.every_sale AS SELECT * FROM transaction.sale"),
        Unguarded("CREATE MATERIALIZED VIEW transaction.every_sale AS SELECT * FROM transaction.sale"),
        new("I5", "a policy for a role that has none", "CREATE POLICY more ON tax.tax_rules TO inventory_app USING (true)"),
        new("I5", "a policy for a role that has none", "CREATE POLICY more ON tax.tax_rules TO tax_relay USING (true)"),
        new("I5", "a right that row-level security does not bind", "GRANT TRUNCATE ON tax.tax_rules TO tax_app"),
        new("I5", "a right that row-level security does not bind", "GRANT SELECT ON payments.webhook_event TO PUBLIC"),
        new("I5", "a right that row-level security does not bind", "GRANT SELECT ON transaction.sale TO history_app"),
        new("I5", "a function that runs as somebody else",
            "CREATE FUNCTION tax.everything() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM tax.tax_rules'"),
        new("I5", "a payment's reference that leads to another tenant",
            $"UPDATE payments.payment_reference SET tenant_id = {Fault.Nobody} WHERE reference = (SELECT min(reference) FROM payments.payment_reference)"),
    ];

    private static Fault Unguarded(string sql) => new("I5", "a table that is not guarded", sql);
}
