namespace WebWaka.Payments.Core;

/// <summary>A payment at an account number. <paramref name="Taken"/>: money has come for it.</summary>
/// <param name="Amount">In subunits.</param>
internal sealed record Waiting(Guid Id, DateTimeOffset CreatedAt, long Amount, bool Open, bool Taken);

/// <summary>A transfer to the account number that no payment has taken yet.</summary>
/// <param name="Amount">In subunits.</param>
internal sealed record Arrived(ulong Id, DateTimeOffset PaidAt, long Amount);

/// <summary>
/// Whose a transfer to a shop's account number is. It says nothing but its amount and its time, and payments wait there one at a time, so
/// each time is the turn of one of them: of the last that was begun by then.
/// </summary>
internal static class Turns
{
    /// <summary>Customers pay to a number they know before the cashier has asked for it.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromMinutes(10);

    /// <summary>Paystack's clock is not ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The exact amount goes to the payment whose turn it was, else to the open one if it came shortly before it, else to one that was given
    /// up and is paid late. Another amount is put before a person with the open payment in whose turn it came. The rest is nobody's.
    /// </summary>
    /// <returns>The transfers that are a payment's own, one each.</returns>
    public static Dictionary<Guid, Arrived> Of(IReadOnlyList<Waiting> payments, IReadOnlyList<Arrived> transfers)
    {
        var begun = payments.OrderBy(payment => payment.CreatedAt).ToList();
        var own = new Dictionary<Guid, Arrived>();
        foreach (var transfer in transfers.OrderBy(transfer => transfer.PaidAt).ThenBy(transfer => transfer.Id))
        {
            var turn = begun.FindLast(payment => payment.CreatedAt - Skew <= transfer.PaidAt);
            var taker = Exact(turn) ?? begun.Find(payment => payment.Open && Exact(payment) is not null && payment.CreatedAt - Early <= transfer.PaidAt)
                ?? begun.FindLast(payment => payment.CreatedAt <= transfer.PaidAt && Exact(payment) is not null)
                ?? (turn is { Open: true } && turn.CreatedAt <= transfer.PaidAt && IsFree(turn) ? turn : null);
            if (taker is not null)
                own[taker.Id] = transfer;

            Waiting? Exact(Waiting? payment) => payment is not null && payment.Amount == transfer.Amount && IsFree(payment) ? payment : null;
        }

        return own;

        bool IsFree(Waiting payment) => !payment.Taken && !own.ContainsKey(payment.Id);
    }
}
