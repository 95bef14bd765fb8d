using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using WebWaka.History.Audit;

namespace WebWaka.Tool.Verify;

/// <summary>I9: every tenant's chain from its first link to its head, and on it each void, refund and cash difference once.</summary>
internal sealed class AuditChains
{
    /// <summary>What must be on a chain: taken from where it was decided, not from what History has heard.</summary>
    private const string ActsThatWere = """
        SELECT tenant_id, 'sale.voided', id FROM transaction.sale WHERE state = 'voided' AND number IS NOT NULL
        UNION ALL SELECT tenant_id, 'sale.refunded', id FROM transaction.refund
        UNION ALL SELECT tenant_id, 'shift.variance', id FROM transaction.shift WHERE closed_at IS NOT NULL AND counted <> expected
        """;

    private readonly Dictionary<(Guid Tenant, string Act, Guid Thing), int> _acts = [];
    private readonly List<string> _faults = [];
    private long _links;

    public static async Task<Verification.Finding> Check(NpgsqlConnection connection, CancellationToken ct)
    {
        var chains = new AuditChains();
        var heads = await chains.Heads(connection, ct);
        foreach (var tenant in heads.Keys.Except(await chains.Walk(connection, heads, ct)))
            chains.Judge(tenant, [], heads[tenant]);
        await chains.Compare(connection, ct);
        return new Verification.Finding(
            "I9", Invariants.Statements[8].Statement, chains._links, chains._faults.Count, chains._faults);
    }

    private async Task<Dictionary<Guid, AuditLink>> Heads(NpgsqlConnection connection, CancellationToken ct)
    {
        var heads = new Dictionary<Guid, AuditLink>();
        await using var command = new NpgsqlCommand("SELECT tenant_id, seq, hash FROM history.audit_head", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            heads[reader.GetGuid(0)] = new AuditLink(reader.GetInt64(1), "", (byte[])reader[2]);
        return heads;
    }

    /// <summary>One tenant's links in memory at a time. Returns the tenants that have any.</summary>
    private async Task<HashSet<Guid>> Walk(NpgsqlConnection connection, Dictionary<Guid, AuditLink> heads, CancellationToken ct)
    {
        var tenants = new HashSet<Guid>();
        var links = new List<AuditLink>();
        var current = Guid.Empty;
        await using var command = new NpgsqlCommand("SELECT tenant_id, seq, entry, hash FROM history.audit ORDER BY tenant_id, seq", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetGuid(0) != current && links.Count > 0)
                Judge(current, links, heads.GetValueOrDefault(current));
            if (reader.GetGuid(0) != current)
                links.Clear();
            current = reader.GetGuid(0);
            tenants.Add(current);
            links.Add(new AuditLink(reader.GetInt64(1), reader.GetString(2), (byte[])reader[3]));
        }

        if (links.Count > 0)
            Judge(current, links, heads.GetValueOrDefault(current));
        return tenants;
    }

    private void Judge(Guid tenant, List<AuditLink> links, AuditLink? head)
    {
        _links += links.Count;
        // A head that was exported earlier may be behind its chain; the stored one is its end.
        var fault = AuditChain.Verify(tenant, links, head)
            ?? (links.Count > 0 && links[^1].Seq > head!.Seq ? new AuditFault(head.Seq + 1, "beyond the head") : null);
        if (fault is not null)
            _faults.Add($"tenant {tenant}, entry {fault.Seq}: {fault.What}");
        foreach (var link in links)
        {
            if (ActOf(tenant, link.Entry) is { } act)
                _acts[act] = _acts.GetValueOrDefault(act) + 1;
        }
    }

    private static (Guid Tenant, string Act, Guid Thing)? ActOf(Guid tenant, string entry)
    {
        try
        {
            var node = JsonNode.Parse(entry);
            return (tenant, (string)node!["act"]!, (Guid)node["thingId"]!);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            // Not one of ours: its hash has been judged.
            return null;
        }
    }

    private async Task Compare(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ActsThatWere, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var act = (reader.GetGuid(0), reader.GetString(1), reader.GetGuid(2));
            if (!_acts.Remove(act, out var times))
                _faults.Add($"not on the chain: {act.Item2} {act.Item3}");
            else if (times > 1)
                _faults.Add($"on the chain {times} times: {act.Item2} {act.Item3}");
        }

        _faults.AddRange(_acts.Keys.Select(act => $"on the chain, and was not: {act.Act} {act.Thing}"));
    }
}
