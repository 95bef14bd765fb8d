namespace WebWaka.Tool.Db.Compare;

/// <summary>The questions to the catalogue. Each answers kind, name, what is so, and what it belongs to; $1 are the Cells' schemas.</summary>
internal static class CatalogueSql
{
    private const string Relations = """
        (SELECT c.*, n.nspname || '.' || c.relname AS name, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY ($1))
        """;

    private const string Tables = $"""
        SELECT 'schema' AS kind, nspname::text AS name, 'of ' || pg_get_userbyid(nspowner) AS is, NULL AS within FROM pg_namespace WHERE nspname = ANY ($1)
        UNION ALL
        SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
                WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' ELSE 'composite type' END, name,
            concat_ws(', ', 'of ' || pg_get_userbyid(relowner), CASE WHEN relpersistence <> 'p' THEN 'not durable' END,
                CASE WHEN relkind = 'p' THEN 'partitioned' END,
                array_to_string(reloptions, ' '), CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END), nspname
        FROM {Relations} c WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
        UNION ALL
        SELECT 'row-level security', name,
            CASE WHEN relrowsecurity THEN 'on' ELSE 'off' END || CASE WHEN relforcerowsecurity THEN ', forced' ELSE ', not forced' END, name
        FROM {Relations} c WHERE relkind IN ('r', 'p')
        UNION ALL
        SELECT 'policy', c.name || '.' || p.polname,
            concat_ws(' ', CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END, 'for', p.polcmd::text, 'to',
                (SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(role) END, ', ' ORDER BY role) FROM unnest(p.polroles) role),
                'using', pg_get_expr(p.polqual, c.oid), 'with check', pg_get_expr(p.polwithcheck, c.oid)), c.name
        FROM {Relations} c JOIN pg_policy p ON p.polrelid = c.oid
        """;

    private const string Parts = $"""
        SELECT 'column', c.name || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END,
                CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END,
                CASE WHEN a.attgenerated <> '' THEN 'generated' END,
                CASE WHEN a.attcollation <> t.typcollation THEN 'collate ' || a.attcollation::regcollation END,
                'default ' || pg_get_expr(d.adbin, d.adrelid)), c.name
        FROM {Relations} c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relkind IN ('r', 'p', 'f', 'c')
        UNION ALL
        SELECT CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique key' WHEN 'f' THEN 'foreign key' ELSE 'constraint' END,
            c.name || '.' || k.conname,
            pg_get_constraintdef(k.oid) || CASE WHEN k.convalidated THEN '' ELSE ' not validated' END, c.name
        FROM {Relations} c JOIN pg_constraint k ON k.conrelid = c.oid WHERE k.contype <> 'n'
        UNION ALL
        SELECT 'index', c.nspname || '.' || i.relname, pg_get_indexdef(x.indexrelid)
            || CASE WHEN x.indisvalid AND x.indisready THEN '' ELSE ' not valid' END, c.name
        FROM {Relations} c JOIN pg_index x ON x.indrelid = c.oid JOIN pg_class i ON i.oid = x.indexrelid
        UNION ALL
        SELECT 'trigger', c.name || '.' || t.tgname, pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' disabled or always' END, c.name
        FROM {Relations} c JOIN pg_trigger t ON t.tgrelid = c.oid WHERE NOT t.tgisinternal
        UNION ALL
        SELECT 'rule', c.name || '.' || r.rulename, pg_get_ruledef(r.oid), c.name
        FROM {Relations} c JOIN pg_rewrite r ON r.ev_class = c.oid WHERE r.rulename <> '_RETURN'
        UNION ALL
        SELECT 'function', p.oid::regprocedure::text,
            'of ' || pg_get_userbyid(p.proowner) || ' ' || CASE WHEN p.prokind = 'a' THEN 'aggregate' ELSE pg_get_functiondef(p.oid) END,
            n.nspname
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = ANY ($1)
        UNION ALL
        SELECT 'type', n.nspname || '.' || t.typname, concat_ws(' ', t.typtype::text, format_type(t.typbasetype, t.typtypmod),
            (SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)), n.nspname
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = ANY ($1) AND t.typtype IN ('d', 'e', 'r')
        """;

    private const string Grants = $"""
        SELECT 'grant', a.privilege_type || ' on ' || o.name || ' to ' || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END,
            CASE WHEN bool_or(a.is_grantable) THEN 'and may be handed on' ELSE 'granted' END, o.within
        FROM (
            SELECT 'schema ' || nspname AS name, coalesce(nspacl, acldefault('n', nspowner)) AS acl, nspname::text AS within
            FROM pg_namespace WHERE nspname = ANY ($1)
            UNION ALL
            SELECT name, coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, relowner)), name
            FROM {Relations} c WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
            UNION ALL
            SELECT c.name || '.' || a.attname, a.attacl, c.name FROM {Relations} c JOIN pg_attribute a ON a.attrelid = c.oid WHERE a.attacl IS NOT NULL
            UNION ALL
            SELECT 'function ' || p.oid::regprocedure, coalesce(p.proacl, acldefault('f', p.proowner)), n.nspname
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = ANY ($1)) o
        CROSS JOIN aclexplode(o.acl) a GROUP BY 1, 2, 4
        UNION ALL
        SELECT 'grant in advance', n.nspname || ' ' || d.defaclobjtype::text || ' ' || pg_get_userbyid(d.defaclrole), d.defaclacl::text, n.nspname
        FROM pg_default_acl d JOIN pg_namespace n ON n.oid = d.defaclnamespace WHERE n.nspname = ANY ($1)
        """;

    public const string Schemas = $"{Tables} UNION ALL {Parts} UNION ALL {Grants}";

    private const string Ours =
        "SELECT * FROM pg_roles WHERE rolname = 'webwaka_ops' OR rolname ~ ('^(' || array_to_string($1, '|') || ')_(owner|app|relay)$')";

    public const string Roles = $"""
        SELECT 'role' AS kind, rolname::text, concat_ws(', ', CASE WHEN rolcanlogin THEN 'may log in' ELSE 'may not log in' END,
            CASE WHEN rolsuper THEN 'SUPERUSER' END,
            CASE WHEN rolbypassrls THEN 'BYPASSRLS' END, CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolcreatedb THEN 'CREATEDB' END,
            CASE WHEN rolreplication THEN 'REPLICATION' END, CASE WHEN NOT rolinherit THEN 'NOINHERIT' END, 'until ' || rolvaliduntil), NULL AS within
        FROM ({Ours}) r
        UNION ALL
        SELECT 'setting of a role', r.rolname || ' ' || split_part(one, '=', 1), substr(one, strpos(one, '=') + 1), NULL
        FROM ({Ours}) r JOIN pg_db_role_setting s ON s.setrole = r.oid
            AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
        CROSS JOIN unnest(s.setconfig) one
        UNION ALL
        SELECT DISTINCT 'membership', pg_get_userbyid(m.member) || ' in ' || pg_get_userbyid(m.roleid), 'granted', NULL
        FROM pg_auth_members m JOIN pg_roles member ON member.oid = m.member
        WHERE (m.member IN (SELECT oid FROM ({Ours}) r) OR m.roleid IN (SELECT oid FROM ({Ours}) r)) AND NOT member.rolsuper
            AND member.rolname <> current_user
        """;
}
