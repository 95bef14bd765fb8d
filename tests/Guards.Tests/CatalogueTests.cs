using Npgsql;
using WebWaka.CellKit;
using WebWaka.Cells.Tests;
using WebWaka.Standalone;

[assembly: AssemblyFixture(typeof(CellsFixture))]

namespace WebWaka.Guards.Tests;

/// <summary>What PostgreSQL's own catalogue says of a database that was pushed as in production (security.md P1 to P10).</summary>
public sealed class CatalogueTests(CellsFixture cells)
{
    /// <summary>Keys that do not begin with the tenant, with the reason. May only shrink.</summary>
    private static readonly Dictionary<string, string> KeysWithoutTenant = new()
    {
        ["pk_outbox"] = "a queue, drained in the order of its ids whatever the tenant",
        ["pk_dead_letter"] = "a queue, drained in the order of its due times whatever the tenant",
        ["pk_outbox_delivery"] = "a queue, drained in the order of its due times whatever the tenant",
    };

    private static readonly string[] Names = [.. CellList.All.Select(cell => cell.Name)];

    private static IEnumerable<string> Shared => CellList.All.SelectMany(cell => cell.Schema!.Shared.Select(table => $"{cell.Name}.{table}"));

    /// <summary>Shared tables that name a tenant in order to find it: they are read before any tenant is known.</summary>
    private static readonly string[] Directories = ["payments.payment_reference", "payments.paystack_door", "transaction.sweep_turn"];

    [Fact]
    public async Task Tables_without_a_tenant_are_those_the_Cells_list() => Assert.Equal(
        Shared.Except(Directories).Concat(Names.Select(name => $"{name}.__ef_migrations")).Order(),
        (await Rows("""
            SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p')
            AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull AND NOT a.attisdropped)
            """)).Order());

    [Fact]
    public async Task Row_level_security_is_on_and_forced_on_every_tenants_table()
    {
        Assert.True((await TenantTables()).Count > 30, "hardly a table was found");
        Offenders.None(
            await Rows($"SELECT t.name FROM ({Tables}) t JOIN pg_class c ON c.oid = t.oid WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity)"),
            "ENABLE and FORCE ROW LEVEL SECURITY: SchemaPush does it for every table of the model.");
    }

    [Fact]
    public async Task The_app_role_has_one_permissive_and_one_restrictive_policy_on_the_tenant()
    {
        var policies = await Rows($"""
            SELECT t.name || ' ' || p.permissive || ' ' || p.cmd || ' ' || (p.qual = p.with_check AND p.qual LIKE
                '(tenant_id = ( SELECT (NULLIF(current_setting(''app.tenant_id''::text, true), ''''::text))::uuid AS %))')
            FROM ({Tables}) t JOIN pg_policies p ON p.schemaname || '.' || p.tablename = t.name
            WHERE (t.schema || '_app') = ANY (p.roles) OR 'public' = ANY (p.roles) ORDER BY 1
            """);
        Assert.Equal((await TenantTables()).SelectMany(table => new[] { $"{table} PERMISSIVE ALL true", $"{table} RESTRICTIVE ALL true" }).Order(),
            policies.Order());
    }

    [Fact]
    public async Task Nobody_else_has_a_policy_but_ops_and_on_queues_the_relay() => Offenders.None(
        await Rows($"""
            SELECT t.name || ' ' || p.policyname || ' to ' || r
            FROM ({Tables}) t JOIN pg_policies p ON p.schemaname || '.' || p.tablename = t.name, unnest(p.roles) r
            WHERE r NOT IN (t.schema || '_app', 'webwaka_ops') AND NOT (r = t.schema || '_relay' AND (t.name LIKE '%.outbox%' OR t.name LIKE '%.dead_letter'))
            """), "A policy is the app role's, ops' or, on the two queues, the relay's.");

    [Fact]
    public async Task Keys_and_foreign_keys_of_tenants_tables_begin_with_the_tenant()
    {
        var found = await Rows($"""
            SELECT t.schema || '.' || i.relname FROM ({Tables}) t JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0] WHERE x.indisunique AND a.attname <> 'tenant_id'
            UNION SELECT t.schema || '.' || k.conname FROM ({Tables}) t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f'
            WHERE NOT EXISTS (SELECT FROM pg_attribute a, pg_attribute b WHERE a.attrelid = k.conrelid AND a.attnum = k.conkey[1] AND a.attname = 'tenant_id'
                AND b.attrelid = k.confrelid AND b.attnum = k.confkey[1] AND b.attname = 'tenant_id')
            UNION SELECT t.schema || '.' || k.conname || ' cascades' FROM ({Tables}) t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f'
            WHERE k.confdeltype NOT IN ('r', 'a')
            """);
        Offenders.None(
            found.Where(key => !KeysWithoutTenant.ContainsKey(key[(key.IndexOf('.') + 1)..])),
            "Keys bypass row-level security: begin each with tenant_id, or another tenant's row can be pointed at or guessed.");
        Offenders.None(KeysWithoutTenant.Keys.Where(key => !found.Any(f => f.EndsWith($".{key}"))), "No longer an exception: take it off the list.");
    }

    [Fact]
    public async Task Every_primary_key_exists() => Offenders.None(
        await Rows($"SELECT t.name FROM ({Tables}) t WHERE NOT EXISTS (SELECT FROM pg_index x WHERE x.indrelid = t.oid AND x.indisprimary)"),
        "Give it a primary key.");

    [Fact]
    public async Task The_roles_that_log_in_own_nothing_and_pass_no_policy()
    {
        string[] roles = [.. Names.SelectMany(name => new[] { $"{name}_app", $"{name}_relay" }), "webwaka_ops"];
        Assert.Equal(roles.Length, (await Rows("SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)", roles)).Count);
        Offenders.None(
            await Rows(
                "SELECT rolname FROM pg_roles WHERE rolname = ANY ($1) AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)",
                roles),
            "NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB.");
        Offenders.None(
            await Rows("""
                SELECT pg_get_userbyid(owner) || ' owns ' || what FROM (SELECT relowner AS owner, relname::text AS what FROM pg_class
                UNION ALL SELECT proowner, proname FROM pg_proc
                UNION ALL SELECT nspowner, nspname FROM pg_namespace) o WHERE pg_get_userbyid(owner) = ANY ($1)
                UNION SELECT r.rolname || ' is a member of ' || m.rolname
                FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.member JOIN pg_roles m ON m.oid = a.roleid WHERE r.rolname = ANY ($1)
                """, roles),
            "An owner is bound by FORCE alone and can end it: the roles that log in own nothing and belong to no other role.");
        Offenders.None(
            await Rows("SELECT rolname FROM pg_roles WHERE rolname = ANY ($1) AND rolcanlogin", [.. Names.Select(name => $"{name}_owner")]),
            "Owners do not log in.");
    }

    [Fact]
    public async Task A_Cell_reaches_no_other_Cells_tables() => Offenders.None(
        await Rows("""
            SELECT r.rolname || ' reaches ' || n.nspname FROM pg_roles r, pg_namespace n
            WHERE n.nspname = ANY ($1) AND r.rolname ~ '_(app|relay)$'
            AND split_part(r.rolname, '_', 1) = ANY ($1) AND split_part(r.rolname, '_', 1) <> n.nspname
            AND has_schema_privilege(r.oid, n.oid, 'USAGE')
            """), "Each Cell its own schema.");

    [Fact]
    public async Task What_happened_cannot_be_changed_or_deleted()
    {
        foreach (var cell in CellList.All)
        {
            var rights = await Rows(
                """
                SELECT table_name || ' ' || privilege_type FROM information_schema.role_table_grants
                WHERE grantee = $1[1] AND table_schema = $1[2] AND privilege_type NOT IN ('SELECT', 'INSERT')
                """,
                [$"{cell.Name}_app", cell.Name]);
            Offenders.None(rights.Where(right => cell.Schema!.AppendOnly.Contains(right.Split(' ')[0])), $"{cell.Name}: append-only means SELECT and INSERT.");
            Offenders.None(rights.Where(right => right.Split(' ')[1] is not ("UPDATE" or "DELETE")),
                $"{cell.Name}: the app role may not truncate, reference or hang triggers.");
            Offenders.None(
                cell.Schema!.AppendOnly.Except(await Rows("SELECT relname FROM pg_class WHERE relnamespace = $1[1]::regnamespace", [cell.Name])),
                $"{cell.Name}: listed as append-only and not there.");
        }
    }

    [Fact]
    public async Task The_relay_reaches_the_queues_and_nothing_else() => Offenders.None(
        await Rows("""
            SELECT grantee || ' ' || table_schema || '.' || table_name || ' ' || privilege_type FROM information_schema.role_table_grants
            WHERE grantee = ANY ($1) AND NOT (table_schema = replace(grantee, '_relay', '') AND table_name IN ('outbox', 'outbox_delivery', 'dead_letter'))
            """, [.. Names.Select(name => $"{name}_relay")]), "The relay sees all tenants' outboxes: it may see nothing else.");

    [Fact]
    public async Task Nothing_runs_with_its_owners_rights() => Offenders.None(
        await Rows("""
            SELECT 'SECURITY DEFINER ' || proname FROM pg_proc WHERE prosecdef AND pronamespace::regnamespace::text = ANY ($1)
            UNION SELECT 'view ' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY ($1) AND c.relkind = 'v' AND NOT coalesce(c.reloptions::text LIKE '%security_invoker=true%', false)
            UNION SELECT 'materialised view ' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY ($1) AND c.relkind = 'm'
            UNION SELECT 'rule on ' || ev_class::regclass FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY ($1) AND c.relkind = 'r'
            """), "These see every tenant: functions as invoker, views WITH (security_invoker = true), no materialised views.");

    [Fact]
    public async Task No_sequence_is_there_but_the_queues() => Offenders.None(
        await Rows("""
            SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY ($1) AND c.relkind = 'S'
            AND (c.relname NOT IN ('outbox_id_seq', 'outbox_delivery_id_seq', 'dead_letter_id_seq', 'webhook_event_id_seq') OR c.relacl::text ~ '_(app|relay)=')
            """), "A sequence tells one tenant how much the others sell: count per tenant, or make ids at random.");

    /// <summary>oid, schema, name of every table with a tenant_id that is not shared.</summary>
    private static string Tables =>
        $"""
        SELECT c.oid, n.nspname AS schema, n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND n.nspname || '.' || c.relname <> ALL ('{"{"}{string.Join(',', Shared)}{"}"}')
        AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
        """;

    private Task<List<string>> TenantTables() => Rows($"SELECT t.name FROM ({Tables}) t");

    /// <summary>One column of text; $1 is <paramref name="values"/>, or the Cells' schemas.</summary>
    private async Task<List<string>> Rows(string sql, string[]? values = null)
    {
        await using var command = cells.Admin.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = values ?? Names });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
