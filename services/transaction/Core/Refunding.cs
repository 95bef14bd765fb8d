using System.Globalization;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Pricing;
using WebWaka.Transaction.Refunds;
using WebWaka.Transaction.Sales;

namespace WebWaka.Transaction.Core;

/// <summary>What a refund gives back: decided from the sale's document and its earlier refunds alone.</summary>
internal static class Refunding
{
    /// <summary>The refund without what only its moment knows (id, number, till, shift, time), which is left empty.</summary>
    public static Outcome<RefundCompleted> Decide(
        string state, SaleCompleted sale, List<RefundCompleted> earlier, RefundSale.Request request, CashRounding? rounding)
    {
        if (state != SaleStates.Completed)
            return Problems.SaleNotCompleted;
        var refunded = earlier.SelectMany(refund => refund.Lines).ToList();
        var wanted = request.Lines ?? Remaining(sale, refunded);
        if (wanted.Length == 0)
            return Problems.RefundExceedsSale.With("everything has been refunded already");
        var priced = Pricing.Refunds.Price(
            Original(sale), refunded.ConvertAll(line => new RefundedLine(line.Line, Number(line.Quantity), line.Total)),
            Array.ConvertAll(wanted, line => new RefundRequest(line.Number, line.Quantity)));
        if (priced.Failure is { } failure)
            return Problems.RefundExceedsSale.With(failure.Detail).With("reason", failure.Code);
        var total = -priced.Must().Total;
        var tenders = request.Tenders is { } chosen
            ? Chosen(chosen, total, LeftToGive(sale, earlier), sale.Currency, rounding)
            : InProportion(sale, earlier, total, rounding);
        if (tenders.Problem is { } problem)
            return problem;
        var due = tenders.Value!.Sum(tender => tender.Amount);
        return Document(sale, priced.Must(), wanted, tenders.Value!, due, request.Reason) with
        {
            Redemptions = IsWhole(sale, refunded, wanted) ? sale.Redemptions : [],
            Loyalty = PointsOf(sale, earlier, -priced.Must().Gross, IsWhole(sale, refunded, wanted)),
        };
    }

    /// <summary>What this refund moves beyond the earlier ones.</summary>
    private static RefundLoyalty? PointsOf(SaleCompleted sale, List<RefundCompleted> earlier, long gross, bool whole)
    {
        if (sale.Loyalty is not { } points)
            return null;
        var refunded = gross + earlier.Sum(refund => refund.Gross);
        var (taken, given) = LoyaltyRefunds.SoFar(points.Earned, points.Burned, sale.Gross, refunded, whole);
        return new RefundLoyalty(
            taken - earlier.Sum(refund => refund.Loyalty?.TakenBack ?? 0), given - earlier.Sum(refund => refund.Loyalty?.GivenBack ?? 0));
    }

    private static RefundSale.Line[] Remaining(SaleCompleted sale, List<RefundLine> refunded) =>
    [
        .. sale.Lines.Select(line => (line.Line, Left: Number(line.Quantity) - refunded.Where(r => r.Line == line.Line).Sum(r => Number(r.Quantity))))
            .Where(line => line.Left > 0).Select(line => new RefundSale.Line(line.Line, line.Left)),
    ];

    private static bool IsWhole(SaleCompleted sale, List<RefundLine> refunded, RefundSale.Line[] wanted) => Array.TrueForAll(
        sale.Lines, line => refunded.Where(r => r.Line == line.Line).Sum(r => Number(r.Quantity)) + wanted.Where(w => w.Number == line.Line).Sum(w => w.Quantity) == Number(line.Quantity));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The sale as it was priced, from its document: refunds use the original's rates and discounts.</summary>
    private static PricedCart Original(SaleCompleted sale) => new()
    {
        Currency = sale.Currency,
        Lines = Array.ConvertAll(sale.Lines, line => new PricedLine
        {
            Line = line.Line, ProductId = line.ProductId, Quantity = Number(line.Quantity), UnitPrice = Number(line.UnitPrice), TaxClass = line.TaxClass,
            PricesIncludeTax = line.PricesIncludeTax, Gross = line.Gross, Net = line.Net, Total = line.Total,
            Discounts = Array.ConvertAll(line.Discounts, d => new Pricing.LineDiscount(
                d.Promotion is null ? DiscountSource.ManualLine : DiscountSource.Promotion, d.Promotion, d.Version, d.Name, d.Amount, line.Gross)),
            Taxes = Array.ConvertAll(line.Taxes, TaxOf),
        }),
        Fees = Array.ConvertAll(
            sale.Fees, fee => new PricedFee(fee.Code, fee.Name, fee.Net, Array.ConvertAll(fee.Taxes, TaxOf), fee.Total, fee.Version)),
        Gross = sale.Gross, Discount = sale.Discount, Net = sale.Net, Tax = sale.Tax, Total = sale.Total,
        Taxes = [], Applied = [], NotApplied = [], Versions = new RuleVersions(),
    };

    private static Pricing.LineTax TaxOf(Contracts.Transaction.LineTax tax) => new(
        tax.Code, Number(tax.Rate), tax.Base, tax.Amount, tax.Included,
        tax.Treatment is null ? TaxTreatment.Taxed : Enum.Parse<TaxTreatment>(tax.Treatment, ignoreCase: true), tax.Rule, tax.Version);

    private static Outcome<SaleTender[]> Chosen(RefundSale.Tender[] tenders, long total, long left, string currency, CashRounding? rounding)
    {
        var settled = Tenders.Settle(-total, currency, rounding, Array.ConvertAll(tenders, t => new Pricing.Tender(t.Method, -t.Amount)));
        if (settled.Failure is { } failure)
            return Problems.TendersDoNotPay.With(failure.Detail).With("reason", failure.Code);
        if (tenders.Sum(tender => tender.Amount) > left)
            return Problems.RefundExceedsSale.With("more than the tenders paid: leave the tenders out to have what is left given back");
        return Array.ConvertAll(tenders, t => new SaleTender(Array.IndexOf(tenders, t) + 1, t.Method, t.Amount, t.Amount, null));
    }

    /// <summary>
    /// By largest remainder over what each original tender still holds, so that no tender gives back more than it took; the
    /// cash part is then rounded to coins.
    /// </summary>
    private static SaleTender[] InProportion(SaleCompleted sale, List<RefundCompleted> earlier, long total, CashRounding? rounding)
    {
        var held = Array.ConvertAll(sale.Tenders, t => t.Amount - earlier.SelectMany(r => r.Tenders).Where(r => r.Tender == t.Tender).Sum(r => r.Amount));
        var weights = Array.ConvertAll(held, amount => Math.Max(0, amount));
        var available = weights.Sum();
        // What cash rounding took at the sale does not stop the last unit from going back.
        var shares = available <= 0 ? new long[held.Length] : Allocation.Split(Math.Min(total, available), weights);
        if (available < total && shares.Length > 0)
            shares[Math.Max(0, Array.FindIndex(sale.Tenders, t => t.Method == Selling.Cash))] += total - available;

        // Each refund's cash is rounded: what that gave too much before is kept back now, so that no more goes back than was paid.
        var left = LeftToGive(sale, earlier);
        foreach (var i in Enumerable.Range(0, shares.Length).OrderBy(i => sale.Tenders[i].Method == Selling.Cash))
        {
            shares[i] = Math.Min(left, sale.Tenders[i].Method == Selling.Cash ? Tenders.CashDue(shares[i], rounding) : shares[i]);
            left -= shares[i];
        }

        return
        [
            .. sale.Tenders.Zip(shares).Where(pair => pair.Second > 0)
                .Select(pair => new SaleTender(pair.First.Tender, pair.First.Method, pair.Second, pair.Second, pair.First.Reference)),
        ];
    }

    private static long LeftToGive(SaleCompleted sale, List<RefundCompleted> earlier) => Math.Max(0, sale.Due - earlier.Sum(refund => refund.Due));

    private static RefundCompleted Document(
        SaleCompleted sale, PricedRefund priced, RefundSale.Line[] wanted, SaleTender[] tenders, long due, string reason) => new(
        Guid.Empty, sale.SaleId, "", sale.Number, sale.StoreId, sale.TillId, Guid.Empty, Guid.Empty, "", default, reason, sale.Currency,
        Array.ConvertAll(priced.Lines, line => LineOf(line, sale.Lines[line.Line - 1], Array.Find(wanted, w => w.Number == line.Line)!)),
        Array.ConvertAll(priced.Fees, fee => new SaleFee(
            fee.Code, fee.Name, -fee.Net, Array.ConvertAll(fee.Taxes, Turned), -fee.Total, FeeRequest.RuleOf(fee.Code), fee.Version)),
        tenders, [], -priced.Gross, -priced.Discount, -priced.Net, -priced.Tax, -priced.Total, due + priced.Total, due);

    private static RefundLine LineOf(PricedLine line, SaleLine sold, RefundSale.Line wanted) => new(
        line.Line, sold.ProductId, sold.Sku, sold.Name, Decimals.Text(-line.Quantity),
        wanted.Restock && sold.Stocked, -line.Gross, -line.Discounts.Sum(d => d.Amount), -line.Net,
        Array.ConvertAll(line.Taxes, Turned), -line.Total);

    private static Contracts.Transaction.LineTax Turned(Pricing.LineTax tax) => Selling.TaxOf(tax with { Base = -tax.Base, Amount = -tax.Amount });
}
