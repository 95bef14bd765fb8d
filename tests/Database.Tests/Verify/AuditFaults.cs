namespace WebWaka.Database.Tests.Verify;

/// <summary>I9: links altered, removed, moved or added, at the end of the chain, too.</summary>
internal static class AuditFaults
{
    /// <summary>The tenant with the longest chain: two refunds, a void, and a short drawer.</summary>
    private const string Long = "tenant_id = (SELECT tenant_id FROM history.audit_head ORDER BY seq DESC LIMIT 1)";

    private const string Last = $"seq = (SELECT max(seq) FROM history.audit_head)";

    /// <summary>The head, one link earlier.</summary>
    private const string Back = $"""
        UPDATE history.audit_head h SET seq = seq - 1, hash = (SELECT hash FROM history.audit a WHERE a.tenant_id = h.tenant_id AND a.seq = h.seq - 1)
        WHERE {Long}
        """;

    public static readonly Fault[] All =
    [
        new("I9", "tenant ", $"UPDATE history.audit SET entry = replace(entry, '\"reason\":\"', '\"reason\":\"not ') WHERE {Long} AND seq = 2"),
        new("I9", "tenant ", $"UPDATE history.audit SET entry = 'no JSON' WHERE {Long} AND seq = 2"),
        new("I9", "tenant ", $"UPDATE history.audit SET hash = '\\x00' WHERE {Long} AND seq = 2"),
        new("I9", "tenant ", $"DELETE FROM history.audit WHERE {Long} AND seq = 2"),
        new("I9", "tenant ", $"DELETE FROM history.audit WHERE {Long} AND {Last}"),
        new("I9", "tenant ", $"DELETE FROM history.audit WHERE {Long}"),
        new("I9", "tenant ", $"DELETE FROM history.audit_head WHERE {Long}"),
        new("I9", "tenant ", $"UPDATE history.audit_head SET hash = '\\x00' WHERE {Long}"),
        new("I9", "tenant ", Back),
        // The last act is taken off and the head set back: what is left fits, and the act is missing.
        new("I9", "not on the chain: ", $"DELETE FROM history.audit WHERE {Long} AND {Last}; {Back}"),
        new("I9", "on the chain 2 times: ", Append("entry")),
        new("I9", "on the chain, and was not: ", Append("replace(entry, entry::jsonb->>'thingId', '00000000-0000-7000-8000-000000000001')")),
    ];

    /// <summary>A link that fits, made as the chain is, with the head moved on to it.</summary>
    private static string Append(string entry) => $"""
        INSERT INTO history.audit (tenant_id, seq, entry, hash)
        SELECT tenant_id, seq + 1, said, sha256(hash || convert_to(said, 'UTF8')) FROM (
            SELECT tenant_id, seq, hash, replace({entry}, '"seq":' || seq, '"seq":' || seq + 1) AS said FROM history.audit WHERE {Long} AND {Last}) link;
        UPDATE history.audit_head h SET seq = a.seq, hash = a.hash FROM history.audit a WHERE a.tenant_id = h.tenant_id AND a.seq = h.seq + 1
        """;
}
