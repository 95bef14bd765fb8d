namespace WebWaka.Tool.Verify;

/// <summary>One question to the database. The SQL answers one row: how many were checked, how many are wrong, an example.</summary>
/// <param name="Name">I1 to I10 of the design; several checks make up one.</param>
/// <param name="What">What is wrong with the example.</param>
internal sealed record Invariant(string Name, string What, string Sql)
{
    /// <summary>A check of rows that each say what they are (<c>example</c>) and whether they are wrong (<c>wrong</c>; null is wrong, too).</summary>
    public static Invariant Of(string name, string what, string rows) => new(
        name, what, $"SELECT count(*), count(*) FILTER (WHERE wrong IS NOT FALSE), min(example) FILTER (WHERE wrong IS NOT FALSE) FROM ({rows}) checked");
}

/// <summary>The invariants of the design as queries over one database. I9, the audit chain, needs hashing: AuditChains.cs.</summary>
internal static class Invariants
{
    private const string Sales = """
        SELECT tenant_id, id, state, store_id, till_id, number, seq, currency, total, due, document::jsonb AS document
        FROM transaction.sale WHERE number IS NOT NULL
        """;

    /// <summary>Sales that the other Cells were told of: completed, and those voided after that. OFFSET 0: each document is parsed once.</summary>
    public const string Told = $"{Sales} OFFSET 0";

    /// <summary>The same where one of them is looked for by its id.</summary>
    public const string OneTold = Sales;

    public static readonly (string Name, string Statement)[] Statements =
    [
        ("I1", "an acknowledged sale is never lost, and the same id never makes two"),
        ("I2", "each completed sale has one journal entry, one movement per stocked line, one redemption per promotion; "
            + "its tenders less change make its total"),
        ("I3", "movements sum to on-hand"),
        ("I4", "receipt numbers per till have no gap and no repeat"),
        ("I5", "no tenant sees another's row: row-level security is forced, by both policies, on every tenant's table"),
        ("I6", "lines, discounts, taxes and fees sum to the document to the minor unit, of sales and of refunds"),
        ("I7", "refunds never exceed what was sold or paid, by line and in money"),
        ("I8", "one Paystack event has at most one effect"),
        ("I9", "the audit chain verifies, to its head, and every privileged act is on it once"),
        ("I10", "at rest every outbox is empty and no error queue holds a message"),
    ];

    public static readonly Invariant[] All =
    [
        .. Acknowledged.All, .. Effects.All, .. Claimed.All, .. Bookings.All, .. Numbers.All, .. Isolation.All, .. Sums.All, .. RefundCaps.All,
        .. PaystackEffects.All, .. Rest.All,
    ];
}
