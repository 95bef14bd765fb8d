using Microsoft.EntityFrameworkCore;

namespace WebWaka.History.Audit;

internal static class Auditing
{
    /// <summary>Puts an act on the tenant's chain, in the running transaction. Whoever comes second waits for the head's row.</summary>
    public static async Task Append(this HistoryDb db, Guid tenant, AuditEntry entry, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO audit_head (tenant_id, seq, hash) VALUES ({tenant}, 0, {Array.Empty<byte>()}) ON CONFLICT DO NOTHING", ct);
        var head = await db.AuditHeads.FromSql($"SELECT * FROM audit_head WHERE tenant_id = {tenant} FOR UPDATE").SingleAsync(ct);
        var link = AuditChain.Next(tenant, head.Seq == 0 ? null : new AuditLink(head.Seq, "", head.Hash), entry);
        db.Add(new AuditRow { TenantId = tenant, Seq = link.Seq, Entry = link.Entry, Hash = link.Hash });
        (head.Seq, head.Hash) = (link.Seq, link.Hash);
        await db.SaveChangesAsync(ct);
    }
}
