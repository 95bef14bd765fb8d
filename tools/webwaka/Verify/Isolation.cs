using WebWaka.Standalone;

namespace WebWaka.Tool.Verify;

/// <summary>
/// I5, from PostgreSQL's own catalogue, for every table there is: what a Cell's roles can reach, they reach through both
/// policies, or it is on the short list of tables without a tenant.
/// </summary>
internal static class Isolation
{
    /// <summary>SchemaPush.TenantPolicy, as PostgreSQL prints it; newer versions give the inner column a name.</summary>
    private const string Policy = "'(tenant_id = ( SELECT (NULLIF(current_setting(''app.tenant_id''::text, true), ''''::text))::uuid%))'";

    private static readonly string Schemas = string.Join(", ", Wiring.Cells.Select(cell => $"'{cell}'"));

    private static readonly string Shared = string.Join(", ", CellList.All.SelectMany(cell =>
        cell.Schema!.Shared.Append("__ef_migrations").Select(table => $"'{cell.Name}.{table}'")));

    private static readonly string Tables = $"""
        SELECT c.*, n.nspname, n.nspname || '.' || c.relname AS name, (n.nspname || '_app')::regrole AS app FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ({Schemas}) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        """;

    private static string TwoPolicies(string permissive) => $"""
        (SELECT array_agg(p.polcmd = '*' AND p.polroles = ARRAY[c.app::oid] AND pg_get_expr(p.polqual, c.oid) LIKE {Policy}
            AND pg_get_expr(p.polwithcheck, c.oid) LIKE {Policy}) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive = {permissive}
            AND (c.app::oid = ANY (p.polroles) OR 0 = ANY (p.polroles))) IS DISTINCT FROM ARRAY[true]
        """;

    public static readonly Invariant[] All =
    [
        Invariant.Of("I5", "a table that is not guarded", $"""
            SELECT c.name AS example, c.relkind NOT IN ('r', 'p') OR NOT c.relrowsecurity OR NOT c.relforcerowsecurity
                OR {TwoPolicies("true")} OR {TwoPolicies("false")}
                OR NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull AND NOT a.attisdropped) AS wrong
            FROM ({Tables}) c WHERE c.name NOT IN ({Shared})
            """),
        Invariant.Of("I5", "a policy for a role that has none", $"""
            SELECT c.name || ' ' || p.polname AS example, r.rolname IS NULL OR r.rolname NOT IN (c.nspname || '_app', 'webwaka_ops')
                AND NOT (r.rolname = c.nspname || '_relay' AND c.relname IN ('outbox', 'outbox_delivery', 'dead_letter')) AS wrong
            FROM ({Tables}) c JOIN pg_policy p ON p.polrelid = c.oid CROSS JOIN unnest(p.polroles) role LEFT JOIN pg_roles r ON r.oid = role
            """),
        Invariant.Of("I5", "a role that row-level security does not bind", $"""
            SELECT rolname::text AS example, rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication
                OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) OR EXISTS (SELECT FROM ({Tables}) c WHERE c.relowner = r.oid) AS wrong
            FROM pg_roles r WHERE rolname ~ '^({string.Join('|', Wiring.Cells)})_(app|relay)$'
            """),
        Invariant.Of("I5", "a right that row-level security does not bind, or in another Cell", $"""
            SELECT c.name || ' ' || coalesce(r.rolname, 'PUBLIC') || ' ' || a.privilege_type AS example,
                r.rolname IS NULL OR r.rolname ~ '_(app|relay)$' AND (a.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
                    OR r.rolname NOT IN (c.nspname || '_app', c.nspname || '_relay')) AS wrong
            FROM ({Tables}) c CROSS JOIN aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
            """),
        Invariant.Of("I5", "a function that runs as somebody else", $"""
            SELECT p.oid::regprocedure::text AS example, p.prosecdef AS wrong
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ({Schemas})
            """),
        Invariant.Of("I5", "a payment's reference that leads to another tenant", """
            SELECT r.reference AS example, p.id IS NULL AS wrong FROM payments.payment_reference r
            LEFT JOIN payments.payment p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id
            """),
    ];
}
