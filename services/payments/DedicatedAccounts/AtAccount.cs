using Microsoft.EntityFrameworkCore;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Core;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.DedicatedAccounts;

/// <summary>
/// A payment that waits at an account number. Its money comes under a reference that Paystack makes, so what came to the account is listed,
/// and the one that is this payment's is found among it (<see cref="Turns"/>).
/// </summary>
internal sealed class AtAccount(PaymentsDb db, PaystackClient paystack, PaymentsOptions options)
{
    private const int MostPages = 20;

    /// <summary>What came for it, under our reference; <c>ongoing</c> while nothing has.</summary>
    public async Task<PaystackOutcome<PaystackTransaction>> Verify(Guid tenant, PaymentRow payment, PaystackKey key, CancellationToken ct)
    {
        var came = new List<PaystackTransaction>();
        for (var page = 1; page <= MostPages; page++)
        {
            if (await paystack.ListAtAccount(key, payment.AccountNumber!, payment.CreatedAt - Turns.Early, page, ct)
                is not PaystackOutcome<PaystackPage<PaystackTransaction>>.Done { Data: var rows })
                return new PaystackOutcome<PaystackTransaction>.NotDone("Paystack did not answer");
            came.AddRange(rows.Items.Where(item => item.ReceiverAccount == payment.AccountNumber && item.Status is "success" && item.PaidAt is not null));
            if (page >= rows.PageCount)
                break;
        }

        var own = came.Count == 0 ? null : await Own(tenant, payment, came, ct);
        return new PaystackOutcome<PaystackTransaction>.Done(own is null
            ? Ongoing(payment)
            : own with { Reference = payment.Reference, Alias = own.Reference, RequestedSubunits = null });
    }

    private async Task<PaystackTransaction?> Own(Guid tenant, PaymentRow payment, List<PaystackTransaction> came, CancellationToken ct)
    {
        // Whoever may still be paid late: watched for so long after its end, which was not so long after its beginning.
        var since = payment.CreatedAt - 2 * options.WatchAfterEnd;
        var ids = came.ConvertAll(item => (ulong?)item.Id);
        var (rows, taken) = await db.InTenant(tenant, async () => (
            await db.Payments.AsNoTracking()
                .Where(row => row.DedicatedAccountId == payment.DedicatedAccountId && row.CreatedAt >= since).ToListAsync(ct),
            await db.Payments.Where(row => ids.Contains(row.TransactionId)).Select(row => row.TransactionId).ToListAsync(ct)), ct);
        var payments = rows.ConvertAll(row => new Waiting(
            row.Id, row.CreatedAt, PaystackAmount.FromMinor(row.Amount, row.Currency).Subunits, PaymentStates.IsOpen(row.State),
            row.TransactionId is not null));
        var transfers = came.Where(item => !taken.Contains(item.Id)).Select(item => new Arrived(item.Id, item.PaidAt!.Value, item.Amount.Subunits)).ToList();
        return Turns.Of(payments, transfers).GetValueOrDefault(payment.Id) is { } own ? came.Find(item => item.Id == own.Id) : null;
    }

    private static PaystackTransaction Ongoing(PaymentRow payment) => new()
    {
        Id = 0, Reference = payment.Reference, Status = "ongoing", Amount = PaystackAmount.FromMinor(payment.Amount, payment.Currency),
        Channel = PaystackTransaction.DedicatedAccount,
    };
}
