using WebWaka.Contracts.Transaction;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Disputes;
using WebWaka.Payments.Ledger;
using WebWaka.Payments.Paystack;
using WebWaka.Payments.Refunds;
using WebWaka.Payments.Settlements;

namespace WebWaka.Payments.Core;

/// <summary>Which accounts an event moves: pure. Every journal sums to zero in each currency.</summary>
internal static class Journals
{
    /// <summary>Tenders are debited; what was sold, its tax, fees and rounding are credited.</summary>
    public static List<(string Account, long Amount)> OfSale(SaleCompleted sale) => Balanced(
        sale.Tenders.Select(tender => (Accounts.OfTender(tender.Method), tender.Amount))
            .Append((Accounts.Sales, -sale.Lines.Sum(line => line.Net)))
            .Append((Accounts.Fees, -sale.Fees.Sum(fee => fee.Net)))
            .Append((Accounts.Tax, -checked(sale.Lines.Sum(line => line.Total - line.Net) + sale.Fees.Sum(fee => fee.Total - fee.Net))))
            .Append((Accounts.Rounding, -sale.Rounding)));

    /// <summary>The same turned round: tenders give back.</summary>
    public static List<LedgerEntryRow> OfRefund(RefundCompleted refund, DateTimeOffset now) => Rows(
        Sources.Refund, refund.RefundId, refund.SaleId, refund.Currency, refund.CompletedAt, now, Balanced(
            refund.Tenders.Select(tender => (Accounts.OfTender(tender.Method), -tender.Amount))
                .Append((Accounts.Sales, refund.Lines.Sum(line => line.Net)))
                .Append((Accounts.Fees, refund.Fees.Sum(fee => fee.Net)))
                .Append((Accounts.Tax, checked(refund.Lines.Sum(line => line.Total - line.Net) + refund.Fees.Sum(fee => fee.Total - fee.Net))))
                .Append((Accounts.Rounding, refund.Rounding))));

    /// <summary>
    /// What came in, less what Paystack keeps. What the customer paid above the price, where fees are passed on, pays for the
    /// fee. Money that came otherwise than asked is not applied to the sale.
    /// </summary>
    public static List<LedgerEntryRow> OfPayment(PaymentRow payment, PaystackTransaction paid, DateTimeOffset now)
    {
        var fee = Minor(paid, paid.FeeSubunits ?? 0);
        var received = paid.Amount.ToMinorRounded();
        var applied = payment.State == PaymentStates.Settled ? payment.Amount : received;
        // Shared by the platform's split, the tenant holds what Paystack says that its subaccount got, and not what we would reckon.
        var platform = paid.Shares is { Subaccounts.Count: > 0 } shares ? received - fee - Minor(paid, shares.Subaccounts.Sum(share => share.Amount)) : 0;
        return Rows(Sources.Payment, payment.Id, payment.SaleId, paid.Amount.Currency, payment.SettledAt ?? now, now, Balanced(
        [
            (Accounts.PaystackBalance, received - fee - platform),
            (Accounts.PlatformFees, platform),
            (Accounts.PaystackFees, fee - (received - applied)),
            (payment.State == PaymentStates.Settled ? Accounts.PaystackClearing : Accounts.Unapplied, -applied),
        ]));
    }

    /// <summary>
    /// No sale took it: it is the customer's, and so is what was paid on top of the price for Paystack's fee, which the shop bears then.
    /// </summary>
    public static List<LedgerEntryRow> OfNotApplied(PaymentRow payment, DateTimeOffset now)
    {
        var received = payment.Received ?? payment.Amount;
        return Rows(Sources.NotApplied, payment.Id, payment.SaleId, payment.Currency, now, now, Balanced(
            [(Accounts.PaystackClearing, payment.Amount), (Accounts.PaystackFees, received - payment.Amount), (Accounts.Unapplied, -received)]));
    }

    /// <summary>Paystack has given the customer the money back. It keeps its fee.</summary>
    public static List<LedgerEntryRow> OfPaystackRefund(RefundRequestRow refund, DateTimeOffset now) => Rows(
        Sources.PaystackRefund, refund.Id, refund.SaleId, refund.Currency, now, now,
        [
            (refund.SourceKind == Sources.Return ? Accounts.Unapplied : Accounts.PaystackClearing, refund.Amount),
            (Accounts.PaystackBalance, -refund.Amount),
        ]);

    /// <summary>
    /// What went back of money that no sale took, by a dispute or in the dashboard, was its payer's: it is no loss of the shop's and not
    /// given back of a sale, as which it was booked. Apart from that, since either may be known first.
    /// </summary>
    /// <param name="source">The dispute or the refund.</param>
    /// <param name="from">The account on which it was booked.</param>
    public static List<LedgerEntryRow> OfLessOwed(PaymentRow payment, Guid source, string from, long amount, DateTimeOffset now) => Rows(
        Sources.LessOwed, source, payment.SaleId, payment.ReceivedCurrency ?? payment.Currency, now, now,
        [(Accounts.Unapplied, amount), (from, -amount)]);

    /// <summary>A dispute that was lost: the bank has taken the money back.</summary>
    public static List<LedgerEntryRow> OfDispute(DisputeRow dispute, Guid sale, DateTimeOffset now) => Rows(
        Sources.Dispute, dispute.Id, sale, dispute.Currency, dispute.ResolvedAt ?? now, now,
        [(Accounts.DisputesLost, dispute.Amount), (Accounts.PaystackBalance, -dispute.Amount)]);

    /// <summary>What came to the bank is no longer with Paystack.</summary>
    public static List<LedgerEntryRow> OfSettlement(SettlementRow settlement, DateTimeOffset now) => Rows(
        Sources.Settlement, settlement.Id, Guid.Empty, settlement.Currency, settlement.At, now, Balanced(
            [(Accounts.Bank, settlement.Net), (Accounts.PaystackBalance, -settlement.Net)]));

    /// <summary>The payout's fee counts: a terminal's is said nowhere else.</summary>
    public static List<LedgerEntryRow> OfFeeCorrection(PaymentRow payment, long more, DateTimeOffset at, DateTimeOffset now) => Rows(
        Sources.FeeCorrection, payment.Id, payment.SaleId, payment.ReceivedCurrency!, at, now,
        [(Accounts.PaystackFees, more), (Accounts.PaystackBalance, -more)]);

    private static long Minor(PaystackTransaction paid, long subunits) => PaystackAmount.Reported(subunits, paid.Amount.Currency).ToMinorRounded();

    /// <summary>One line for each account, none of zero; a document that does not sum is booked as it is, and the rest is shown.</summary>
    private static List<(string Account, long Amount)> Balanced(IEnumerable<(string Account, long Amount)> lines)
    {
        var sums = lines.GroupBy(line => line.Account, StringComparer.Ordinal)
            .Select(group => (Account: group.Key, Amount: group.Sum(line => line.Amount))).ToList();
        sums.Add((Accounts.Suspense, -sums.Sum(line => line.Amount)));
        return sums.FindAll(line => line.Amount != 0);
    }

    private static List<LedgerEntryRow> Rows(
        string kind, Guid source, Guid sale, string currency, DateTimeOffset at, DateTimeOffset now, List<(string Account, long Amount)> lines) =>
        lines.ConvertAll(line => new LedgerEntryRow
        {
            SourceKind = kind, SourceId = source, Account = line.Account, Amount = line.Amount,
            Currency = currency, SaleId = sale, At = at.ToUniversalTime(), BookedAt = now,
        });
}
