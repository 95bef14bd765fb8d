using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Core;
using WebWaka.Payments.Disputes;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Paystack;
using WebWaka.Payments.Refunds;

namespace WebWaka.Payments.Settlements;

/// <summary>
/// Brings a tenant's payouts into its books, each once: what came to the bank, the fees where a payout says others than the payments did,
/// and everything that does not fit as an exception for a person. Safe at any time, any number of times, at once.
/// </summary>
internal sealed class MatchSettlements(
    PaymentsDb db, PaystackClient paystack, PaystackAccounts accounts, WalkMissed missed, FollowUp followUp, PaymentsOptions options)
{
    /// <returns>False when Paystack could not be asked for all of it.</returns>
    public async Task<bool> Run(Guid tenant, CancellationToken ct)
    {
        var account = await accounts.Of(tenant, ct);
        // The platform's own payouts are the platform's books and nobody else's.
        if (account.Key is not { } key || account is { Kind: AccountKinds.Platform, SubaccountCode: null })
            return true;
        var (subaccount, caughtUp) = (account.Kind == AccountKinds.Own ? null : account.SubaccountCode, false);
        for (var page = 1; ; page++)
        {
            var answer = await paystack.ListSettlements(key, subaccount, db.Now - options.SettlementsBack, page, ct);
            if (answer is not PaystackOutcome<PaystackPage<PaystackSettlement>>.Done { Data: var rows })
                return false;
            // The oldest first: what was taken back before is in the earlier one.
            foreach (var settlement in rows.Items.Where(row => row.Status is "success").OrderBy(row => row.At).ThenBy(row => row.Id))
            {
                if (await db.InTenant(tenant, () => db.Settlements.AnyAsync(row => row.PaystackId == settlement.Id, ct), ct))
                    continue;
                caughtUp = caughtUp || await CatchUp(tenant, key, subaccount, ct);
                if (!caughtUp || !await Match(tenant, key, settlement, subaccount, ct))
                    return false;
            }

            if (page >= rows.PageCount)
                return rows.Unreadable == 0;
        }
    }

    private async Task<bool> Match(Guid tenant, PaystackKey key, PaystackSettlement settlement, string? subaccount, CancellationToken ct)
    {
        var (items, unreadable) = (new List<PaystackTransaction>(), 0);
        for (var page = 1; ; page++)
        {
            if (await paystack.ListSettled(key, settlement.Id, page, ct) is not PaystackOutcome<PaystackPage<PaystackTransaction>>.Done { Data: var rows })
                return false;
            items.AddRange(rows.Items);
            unreadable += rows.Unreadable;
            if (page >= rows.PageCount)
                break;
        }

        await db.InTenant(tenant, async () =>
        {
            // One at a time for each tenant: two that meet would both find it not there.
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({tenant.ToString()}, 7))", ct);
            if (!await db.Settlements.AnyAsync(row => row.PaystackId == settlement.Id, ct))
                await Book(tenant, settlement, items, unreadable, subaccount, ct);
            return true;
        }, ct);
        return true;
    }

    /// <summary>A payout is lower by refunds and disputes that have ended: all that have are to be known before it is judged.</summary>
    private async Task<bool> CatchUp(Guid tenant, PaystackKey key, string? subaccount, CancellationToken ct)
    {
        // What is given back of the platform's payments comes off the platform's own payouts.
        if (subaccount is not null)
            return true;
        if (!await missed.RunRefunds(tenant, key, ct))
            return false;
        var open = await db.InTenant(tenant, async () =>
        {
            await db.Disputes.Where(row => row.Resolution == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, db.Now), ct);
            return await db.Disputes.Where(row => row.Resolution == null).Select(row => row.PaymentId)
                .Union(db.RefundRequests.Where(row => row.PaymentId != null && RefundStates.Open.Contains(row.State)).Select(row => row.PaymentId!.Value))
                .ToListAsync(ct);
        }, ct);
        foreach (var payment in open)
            await followUp.Run(tenant, payment, ct);
        return true;
    }

    private async Task Book(
        Guid tenant, PaystackSettlement settlement, List<PaystackTransaction> items, int unreadable, string? subaccount, CancellationToken ct)
    {
        var row = new SettlementRow
        {
            Id = db.NewId(), PaystackId = settlement.Id, Currency = settlement.Currency, Gross = Minor(settlement.Gross), Fees = Minor(settlement.Fees),
            Net = Minor(settlement.Net), Transactions = items.Count, At = (settlement.At ?? db.Now).ToUniversalTime(), BookedAt = db.Now,
        };
        db.Add(row);
        db.AddRange(Journals.OfSettlement(row, db.Now));
        if (unreadable > 0)
            Add(row, ExceptionKinds.Unreadable, null, null, 0, unreadable);
        var ids = items.Select(item => (decimal)item.Id).ToArray();
        var payments = (await db.Payments.FromSql($"SELECT * FROM payment WHERE tenant_id = {tenant} AND transaction_id = ANY ({ids})").ToListAsync(ct))
            .ToDictionary(payment => payment.TransactionId!.Value);
        var sum = 0L;
        foreach (var item in items)
        {
            sum = checked(sum + Minor(ShareOf(item, subaccount)));
            Compare(row, item, payments.GetValueOrDefault(item.Id), subaccount);
        }

        sum -= await TakenBack(row, sum - row.Net, ct);
        if (sum != row.Net)
            Add(row, ExceptionKinds.SumDiffers, null, null, sum, row.Net);

        long Minor(long subunits) => PaystackAmount.Reported(subunits, settlement.Currency).ToMinorRounded();
    }

    private void Compare(SettlementRow row, PaystackTransaction item, PaymentRow? payment, string? subaccount)
    {
        var found = item.Amount.ToMinorRounded();
        if (payment is null)
        {
            Add(row, ExceptionKinds.UnknownTransaction, item.Reference, null, 0, found);
            return;
        }

        var before = payment.SettlementId is not null;
        if (before)
            Add(row, ExceptionKinds.Twice, item.Reference, payment.Id, 0, found);
        var received = payment.Received ?? payment.Amount;
        if (received != found)
            Add(row, ExceptionKinds.OtherAmount, item.Reference, payment.Id, received, found);
        payment.SettlementId ??= row.Id;
        // What came and its fee are not known of payments that an older build settled: their fees are booked as they were.
        if (before || payment.Received is null || subaccount is not null || item.FeeSubunits is not { } fee)
            return;
        var kept = PaystackAmount.Reported(fee, item.Amount.Currency).ToMinorRounded();
        if (kept != payment.Fee)
            db.AddRange(Journals.OfFeeCorrection(payment, kept - (payment.Fee ?? 0), row.At, db.Now));
        payment.Fee = kept;
    }

    /// <summary>
    /// Refunds and lost disputes that no payout has carried yet: with this one, when it is lower by anything. Those that came after it was
    /// made are in a later one: the oldest that sum to what is missing are taken where any do, and all otherwise.
    /// </summary>
    private async Task<long> TakenBack(SettlementRow row, long missing, CancellationToken ct)
    {
        if (missing == 0)
            return 0;
        var refunds = await db.RefundRequests
            .Where(refund => refund.State == RefundStates.Processed && refund.SettlementId == null && refund.Currency == row.Currency).ToListAsync(ct);
        var disputes = await db.Disputes
            .Where(dispute => DisputeRow.Lost.Contains(dispute.Resolution) && dispute.SettlementId == null && dispute.Currency == row.Currency).ToListAsync(ct);
        var taken = refunds
            .Select(refund => (At: refund.CalledAt ?? refund.CreatedAt, refund.Amount, Carry: (Action)(() => refund.SettlementId = row.Id)))
            .Concat(disputes.Select(lost => (At: lost.ResolvedAt ?? lost.OpenedAt, lost.Amount, Carry: (Action)(() => lost.SettlementId = row.Id))))
            .OrderBy(one => one.At).ToList();
        var (sum, count) = (0L, 0);
        while (count < taken.Count && sum != missing)
            sum = checked(sum + taken[count++].Amount);
        foreach (var one in taken.Take(count))
            one.Carry();
        return sum;
    }

    /// <summary>What of a transaction this account gets, in subunits.</summary>
    private static long ShareOf(PaystackTransaction item, string? subaccount) => subaccount is null
        ? item.Amount.Subunits - (item.FeeSubunits ?? 0) - (item.Shares?.Subaccounts.Sum(share => share.Amount) ?? 0)
        : item.Shares?.Subaccounts.Where(share => share.SubaccountCode == subaccount).Sum(share => share.Amount) ?? 0;

    private void Add(SettlementRow row, string kind, string? reference, Guid? payment, long expected, long found) => db.Add(new SettlementExceptionRow
    {
        Id = db.NewId(), SettlementId = row.Id, Kind = kind, Reference = reference, PaymentId = payment, Expected = expected, Found = found,
        Currency = row.Currency, At = db.Now,
    });
}
