namespace WebWaka.PaystackSandbox;

/// <summary>What a dispute does to its transaction. Callers hold the integration's gate.</summary>
internal static class Disputing
{
    static readonly TimeSpan Deadline = TimeSpan.FromHours(16);

    public static Dispute Open(Integration books, Transaction transaction, long amount, TimeSpan? due)
    {
        var now = books.Clock.Now;
        var dispute = books.Disputes.Save(new Dispute(
            books.NextId(), transaction.Reference, amount, "chargeback", books.Clock.After(due ?? Deadline), now) { UpdatedAt = now });
        books.Announce("charge.dispute.create", transaction.Reference, DisputeJson.Of(books, dispute));
        return dispute;
    }

    public static void Remind(Integration books, Dispute dispute) =>
        books.Announce("charge.dispute.remind", dispute.TransactionReference, DisputeJson.Of(books, dispute));

    /// <summary>Accepted, by the merchant or by silence, it takes the money back; declined, the merchant keeps it.</summary>
    public static Dispute Resolve(Integration books, Dispute dispute, string resolution)
    {
        var now = books.Clock.Now;
        var resolved = books.Disputes.Save(dispute with { Status = "resolved", Resolution = resolution, ResolvedAt = now, UpdatedAt = now });
        var transaction = books.Find(dispute.TransactionReference)!;
        if (TakenBack(books, transaction) >= transaction.Amount)
            books.Save(transaction with { Status = TransactionStatus.Reversed });
        books.Announce("charge.dispute.resolve", dispute.TransactionReference, DisputeJson.Of(books, resolved));
        return resolved;
    }

    /// <summary>What disputes and refunds that are not failed have taken of it, or will.</summary>
    public static long TakenBack(Integration books, Transaction transaction) => checked(
        books.RefundsOf(transaction.Reference).Where(r => r.Status is not "failed").Sum(r => r.Amount)
        + books.Disputes.All.Where(d => d.TransactionReference == transaction.Reference && d.Resolution is not "declined")
            .Sum(d => d.RefundAmount));
}
