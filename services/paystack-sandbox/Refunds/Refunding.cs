using System.Security.Cryptography;

namespace WebWaka.PaystackSandbox;

/// <summary>What a refund does to its transaction. Callers hold the integration's gate.</summary>
internal static class Refunding
{
    static readonly TimeSpan TestCardDelay = TimeSpan.FromMinutes(1);

    /// <summary>Why this much cannot be refunded, or null. <paramref name="amount"/> in subunits.</summary>
    public static Answer? Refusal(Integration books, Transaction transaction, long amount, string? currency)
    {
        var given = Disputing.TakenBack(books, transaction);
        if (transaction.Status is TransactionStatus.Reversed || (given > 0 && given == transaction.Amount))
            return Refusals.FullyReversed();
        if (!transaction.IsPaid)
            return Refusals.Invalid("Transaction has not been paid");
        if (currency is not null && currency != transaction.Currency)
            return Refusals.Invalid("Transaction currency must match refund currency");
        if (amount < Currencies.RefundMinimum(transaction.Currency))
            return Refusals.Invalid("The minimum amount you may send in a single refund at this time is: "
                + Currencies.Display(Currencies.RefundMinimum(transaction.Currency), transaction.Currency).Replace(" ", ""));
        return given + amount > transaction.Amount
            ? Refusals.Invalid("Total refund amount cannot exceed original transaction amount")
            : null;
    }

    public static Refund Open(Integration books, Transaction transaction, long amount, string? customerNote, string? merchantNote)
    {
        var now = books.Clock.Now;
        var wait = transaction.RefundOutcome is null ? books.Options.RefundsProcessAfter : TestCardDelay;
        var refund = new Refund
        {
            Id = books.NextId(), TransactionReference = transaction.Reference, Amount = amount, Currency = transaction.Currency,
            CreatedAt = now, UpdatedAt = now,
            CustomerNote = customerNote ?? "Refund for transaction " + transaction.Reference,
            MerchantNote = merchantNote ?? "Refund for transaction " + transaction.Reference,
            DueAt = wait is { } span ? books.Clock.After(span) : null,
        };
        return Move(books, refund, "pending");
    }

    /// <summary>Brings it into a state, its transaction with it, and announces <c>refund.{state}</c>.</summary>
    public static Refund Move(Integration books, Refund refund, string status)
    {
        var moved = books.Save(refund with
        {
            Status = status,
            UpdatedAt = books.Clock.Now,
            DueAt = status is "pending" or "processing" ? refund.DueAt : null,
            // Unknown at first; the bank's or Paystack's own reference comes later.
            RefundReference = status is "pending" or "processing" ? refund.RefundReference
                : refund.RefundReference ?? (status is "processed" ? RandomNumberGenerator.GetString("0123456789", 12)
                    : "TRF_" + RandomNumberGenerator.GetHexString(15, lowercase: true)),
        });
        var transaction = books.Find(refund.TransactionReference)!;
        books.Save(transaction with { Status = StatusOf(books, transaction) });
        books.Announce("refund." + status, transaction.Reference, RefundJson.Event(moved, transaction, books.Id));
        return moved;
    }

    static string StatusOf(Integration books, Transaction transaction)
    {
        if (books.RefundsOf(transaction.Reference).Any(r => r.IsOpen))
            return TransactionStatus.ReversalPending;
        var disputed = books.Disputes.All.Any(d => d.IsOpen && d.TransactionReference == transaction.Reference);
        return !disputed && Disputing.TakenBack(books, transaction) == transaction.Amount ? TransactionStatus.Reversed : TransactionStatus.Success;
    }
}
