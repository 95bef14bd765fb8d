namespace WebWaka.Database.Tests.Verify;

/// <summary>Something wrong that is put into a database past all its guards, and what <c>webwaka verify</c> must say of it.</summary>
/// <param name="Invariant">The one that must fail.</param>
/// <param name="Says">How its fault begins.</param>
/// <param name="Sql">Run by the superuser, without triggers and foreign keys.</param>
/// <param name="Also">Others that this fault breaks, too, since it cannot be had without: separated by spaces.</param>
public sealed record Fault(string Invariant, string Says, string Sql, string Also = "")
{
    public static readonly Fault[] All =
        [.. SaleFaults.All, .. EffectFaults.All, .. MoneyFaults.All, .. NumberFaults.All, .. IsolationFaults.All, .. AuditFaults.All, .. RestFaults.All];

    internal const string Nobody = "'00000000-0000-7000-8000-000000000001'";

    /// <summary>A sale with a coupon, completed and left alone.</summary>
    internal const string Kept = """
        (SELECT s.id FROM transaction.sale s WHERE s.state = 'completed' AND jsonb_array_length(s.document::jsonb->'redemptions') > 0
            AND NOT EXISTS (SELECT FROM transaction.refund r WHERE r.sale_id = s.id) ORDER BY s.id LIMIT 1)
        """;

    internal const string Awaiting = "(SELECT id FROM transaction.sale WHERE state = 'awaitingPayment' LIMIT 1)";

    internal const string Voided = "(SELECT id FROM transaction.sale WHERE state = 'voided' LIMIT 1)";

    /// <summary>A sale refunded in part: its first line restocked, its second not.</summary>
    internal const string Part = "(SELECT sale_id FROM transaction.refund WHERE document->>'reason' = 'some')";

    internal const string PartRefund = "(SELECT id FROM transaction.refund WHERE document->>'reason' = 'some')";

    /// <summary>Adds to a number in a document.</summary>
    internal static string Add(string table, string id, string path, long amount) => $"""
        UPDATE {table} SET document = jsonb_set(document::jsonb, '{path}', to_jsonb((document::jsonb#>>'{path}')::bigint + {amount})){TypeOf(table)}
        WHERE id = {id}
        """;

    internal static string Set(string table, string id, string path, string json) =>
        $"UPDATE {table} SET document = jsonb_set(document::jsonb, '{path}', '{json}'){TypeOf(table)} WHERE id = {id}";

    /// <summary>A sale's document is kept as text, a refund's as jsonb.</summary>
    private static string TypeOf(string table) => table == "transaction.sale" ? "::text" : "";
}
