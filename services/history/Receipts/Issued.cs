using WebWaka.Contracts.Transaction;
using WebWaka.History.Copies;
using WebWaka.Pricing;

namespace WebWaka.History.Receipts;

/// <summary>Who issues the receipt, and where.</summary>
internal sealed record ReceiptHead(SettingsRow Settings, StoreRow Store, TillRow Till);

/// <summary>Journaled documents as receipts. Every amount is one that was stored; the taxes alone are summed by code and rate.</summary>
internal static class Issued
{
    public static Receipt Receipt(ReceiptHead head, SaleCompleted sale)
    {
        var letters = new TaxLetters();
        return Common(head, sale.CompletedAt, sale.Currency) with
        {
            Title = ReceiptTitle.Receipt,
            Number = sale.Number,
            PricesIncludeTax = sale.PricesIncludeTax,
            Lines = Array.ConvertAll(sale.Lines, line => new ReceiptLine(line.Name, line.Quantity, line.UnitPrice, line.Gross, line.Net, line.Total)
            {
                Discounts = Array.ConvertAll(line.Discounts, discount => new ReceiptDiscount(discount.Name, discount.Amount)),
                TaxLetter = letters.Add(line.Taxes),
            }),
            Fees = FeesOf(sale.Fees, letters),
            Taxes = letters.Summary(head.Language()),
            DiscountTotal = sale.Discount, Net = sale.Net, Total = sale.Total, Rounding = sale.Rounding, Due = sale.Due, Change = sale.Change,
            Tenders = TendersOf(head, sale.Tenders, received: true),
        };
    }

    public static Receipt CreditNote(ReceiptHead head, RefundCompleted refund, SaleCompleted sale)
    {
        var letters = new TaxLetters();
        var words = ReceiptWords.In(head.Language());
        return Common(head, refund.CompletedAt, refund.Currency) with
        {
            Title = ReceiptTitle.CreditNote,
            Number = refund.Number,
            OriginalNumber = refund.SaleNumber,
            PricesIncludeTax = sale.PricesIncludeTax,
            Lines = Array.ConvertAll(refund.Lines, line => new ReceiptLine(
                line.Name, line.Quantity, Array.Find(sale.Lines, sold => sold.Line == line.Line)!.UnitPrice, line.Gross, line.Net, line.Total)
            {
                Discounts = line.Discount == 0 ? [] : [new ReceiptDiscount(words.Discounts, line.Discount)],
                TaxLetter = letters.Add(line.Taxes),
            }),
            Fees = FeesOf(refund.Fees, letters),
            Taxes = letters.Summary(head.Language()),
            DiscountTotal = refund.Discount, Net = refund.Net, Total = refund.Total, Rounding = refund.Rounding, Due = refund.Due,
            Tenders = TendersOf(head, refund.Tenders, received: false),
        };
    }

    /// <summary>The cashier is left out: no names travel on the bus, and this Cell asks no other while it prints.</summary>
    private static Receipt Common(ReceiptHead head, DateTimeOffset at, string currency) => new()
    {
        Language = head.Language(),
        ShopName = head.Settings.Name,
        StoreName = head.Store.Name,
        Address = LinesOf(head.Store.Address),
        TaxId = head.TaxId(),
        Till = head.Till.Name,
        IssuedAt = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(head.Store.TimeZone)),
        Currency = currency,
        Exponent = Pricing.Currency.TryFind(currency, out var known) ? known.Exponent : throw new InvalidOperationException($"{currency} is no currency."),
        Footer = LinesOf(head.Settings.ReceiptFooter),
        Title = ReceiptTitle.Receipt, Number = "", PricesIncludeTax = false, Lines = [], Net = 0, Total = 0, Due = 0,
    };

    private static string[] LinesOf(string? text) => text?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Without tax: a fee's taxes stand in the summary.</summary>
    private static ReceiptFee[] FeesOf(SaleFee[] fees, TaxLetters letters) => Array.ConvertAll(fees, fee =>
    {
        letters.Add(fee.Taxes);
        return new ReceiptFee(fee.Name, fee.Net);
    });

    private static ReceiptTender[] TendersOf(ReceiptHead head, SaleTender[] tenders, bool received) => Array.ConvertAll(tenders, tender => new ReceiptTender(
        head.TenderName(tender.Method), tender.Amount, received && tender.Method == "cash" ? tender.Tendered : null, tender.Reference));
}
