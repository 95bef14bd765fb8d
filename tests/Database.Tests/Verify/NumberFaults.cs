namespace WebWaka.Database.Tests.Verify;

/// <summary>I4: numbers skipped, given twice or out of place.</summary>
internal static class NumberFaults
{
    private const string Free = "DROP INDEX transaction.ix_sale_tenant_id_till_id_series_seq;";

    /// <summary>The till that sold most.</summary>
    private const string Till = "(SELECT till_id FROM transaction.sale WHERE seq IS NOT NULL GROUP BY till_id ORDER BY count(*) DESC LIMIT 1)";

    public static readonly Fault[] All =
    [
        new("I4", "sale numbers with a gap or a repeat", $"UPDATE transaction.till_state SET sale_seq = sale_seq + 1 WHERE till_id = {Till}"),
        new("I4", "sale numbers with a gap or a repeat", $"DELETE FROM transaction.till_state WHERE till_id = {Till}"),
        // The second counts as the first, so that their number is right and so is the last.
        new("I4", "sale numbers with a gap or a repeat", $"{Free} UPDATE transaction.sale SET seq = 1 WHERE till_id = {Till} AND seq = 2"),
        new("I4", "sale numbers with a gap or a repeat", $"UPDATE transaction.sale SET seq = 0 WHERE till_id = {Till} AND seq = 1"),
        new("I4", "sale numbers with a gap or a repeat", $"UPDATE transaction.sale SET series = 'D1' WHERE till_id = {Till} AND seq > 1"),
        new("I4", "refund numbers with a gap or a repeat", $"UPDATE transaction.till_state SET refund_seq = refund_seq + 1 WHERE till_id = {Till}"),
        new("I4", "refund numbers with a gap or a repeat", $"UPDATE transaction.refund SET seq = 3 WHERE till_id = {Till} AND seq = 1"),
        new("I4", "a number that is not its place in the series", $"{Free} UPDATE transaction.sale SET seq = 3 - seq WHERE till_id = {Till} AND seq IN (1, 2)"),
    ];
}
