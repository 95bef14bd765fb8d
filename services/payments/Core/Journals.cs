using WebWaka.Contracts.Transaction;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Ledger;
using WebWaka.Payments.Paystack;
using WebWaka.Payments.Refunds;

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
        var fee = paid.FeeSubunits is { } kept ? PaystackAmount.Reported(kept, paid.Amount.Currency).ToMinorRounded() : 0;
        var received = paid.Amount.ToMinorRounded();
        var applied = payment.State == PaymentStates.Settled ? payment.Amount : received;
        return Rows(Sources.Payment, payment.Id, payment.SaleId, paid.Amount.Currency, payment.SettledAt ?? now, now, Balanced(
        [
            (Accounts.PaystackBalance, received - fee),
            (Accounts.PaystackFees, fee - (received - applied)),
            (payment.State == PaymentStates.Settled ? Accounts.PaystackClearing : Accounts.Unapplied, -applied),
        ]));
    }

    /// <summary>Paystack has given the customer the money back. It keeps its fee.</summary>
    public static List<LedgerEntryRow> OfPaystackRefund(RefundRequestRow refund, DateTimeOffset now) => Rows(
        Sources.PaystackRefund, refund.Id, refund.SaleId, refund.Currency, now, now,
        [(Accounts.PaystackClearing, refund.Amount), (Accounts.PaystackBalance, -refund.Amount)]);

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
