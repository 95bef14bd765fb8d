using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WebWaka.CellKit;

namespace WebWaka.History.Audit;

/// <summary>A link as stored: <c>Hash</c> = SHA-256(previous hash, then the bytes of <c>Entry</c>). The first one's previous hash is 32 zeros.</summary>
public sealed record AuditLink(long Seq, string Entry, byte[] Hash);

/// <summary>What is wrong with a chain, and at which link it is first seen.</summary>
public sealed record AuditFault(long Seq, string What);

/// <summary>
/// The tenant's privileged acts, each bound to all before it: whoever alters, removes, inserts or swaps one must make every
/// later hash anew, and a head that was exported earlier then no longer fits.
/// </summary>
public static class AuditChain
{
    private static readonly byte[] Start = new byte[SHA256.HashSizeInBytes];
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The link after <paramref name="last"/>, or the first. The entry names its tenant and number, so that it fits nowhere else.</summary>
    internal static AuditLink Next(Guid tenant, AuditLink? last, AuditEntry entry)
    {
        var seq = (last?.Seq ?? 0) + 1;
        var document = JsonSerializer.SerializeToNode(entry, Json.Options)!.AsObject();
        document["tenantId"] = tenant;
        document["seq"] = seq;
        var text = Canonical(document);
        return new AuditLink(seq, text, HashOf(last?.Hash ?? Start, text));
    }

    /// <summary>Checks a tenant's whole chain, in order. Null when every link follows from the one before and the last is the head.</summary>
    /// <param name="head">The stored or an exported head; null for a tenant that has none.</param>
    public static AuditFault? Verify(Guid tenant, IEnumerable<AuditLink> links, AuditLink? head)
    {
        AuditLink? last = null;
        foreach (var link in links)
        {
            var seq = (last?.Seq ?? 0) + 1;
            if (link.Seq != seq)
                return new AuditFault(seq, $"missing: {link.Seq} follows {seq - 1}");
            if (!HashOf(last?.Hash ?? Start, link.Entry).AsSpan().SequenceEqual(link.Hash))
                return new AuditFault(seq, "altered: the hash does not follow from the entry and the link before");
            if (!Names(link.Entry, tenant, seq))
                return new AuditFault(seq, "misplaced: the entry is of another tenant or number");
            if (head is not null && head.Seq == seq && !head.Hash.AsSpan().SequenceEqual(link.Hash))
                return new AuditFault(seq, "the head is another");
            last = link;
        }

        var reached = last?.Seq ?? 0;
        return (head?.Seq ?? 0) > reached ? new AuditFault(reached + 1, $"missing: the head is {head!.Seq}")
            : head is null && reached > 0 ? new AuditFault(1, "the head is missing")
            : null;
    }

    /// <summary>JSON with members in ordinal order, no white space, and characters as themselves: one text for one content.</summary>
    internal static string Canonical(JsonNode node)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Compact))
            Write(writer, node);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    private static byte[] HashOf(byte[] previous, string entry) => SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(entry)]);

    private static bool Names(string entry, Guid tenant, long seq)
    {
        try
        {
            var node = JsonNode.Parse(entry);
            return (Guid?)node?["tenantId"] == tenant && (long?)node?["seq"] == seq;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
