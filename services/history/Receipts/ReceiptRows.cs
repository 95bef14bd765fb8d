namespace WebWaka.History.Receipts;

internal enum RowStyle { Normal, Strong, Large, Small }

/// <summary>One thing on the roll, before it is known whether the roll is columns of characters or points of a page.</summary>
internal abstract record Row
{
    internal sealed record Centred(string Text, RowStyle Style = RowStyle.Normal) : Row;
    internal sealed record Banner(string Text) : Row;
    internal sealed record Left(string Text, RowStyle Style = RowStyle.Normal) : Row;

    /// <summary>A label that wraps and a value that stands at the right edge of its last line.</summary>
    internal sealed record Pair(string Label, string Value, RowStyle Style = RowStyle.Normal, bool Indented = false) : Row;
    internal sealed record Rule : Row;

    /// <summary>Only a picture can be scanned: plain text leaves it out.</summary>
    internal sealed record Qr(string Content) : Row;
}

/// <summary>A receipt as rows: the one place that says what is printed, in which order, so that text and PDF cannot differ.</summary>
internal static class ReceiptRows
{
    public static List<Row> Of(Receipt receipt)
    {
        var words = ReceiptWords.In(receipt.Language);
        string Amount(Int128 minor) => AmountText.Of(minor, receipt.Exponent, words.Numbers);
        return
        [
            .. Head(receipt, words),
            new Row.Rule(),
            .. receipt.Lines.SelectMany(line => Line(line, receipt, words, Amount)),
            new Row.Rule(),
            .. Totals(receipt, words, Amount),
            .. Paid(receipt, words, Amount),
            .. Foot(receipt),
        ];
    }

    static IEnumerable<Row> Head(Receipt receipt, ReceiptWords words)
    {
        yield return new Row.Centred(receipt.ShopName, RowStyle.Large);
        yield return new Row.Centred(receipt.StoreName);
        foreach (var line in receipt.Address) yield return new Row.Centred(line);
        if (receipt.TaxId is { } taxId) yield return new Row.Centred(taxId);
        yield return new Row.Rule();
        yield return new Row.Centred(words.Title(receipt.Title), RowStyle.Strong);
        foreach (var banner in Banners(receipt, words)) yield return banner;
        yield return new Row.Pair(words.Number, receipt.Number, RowStyle.Strong);
        if (receipt.OriginalNumber is { } original) yield return new Row.Pair(words.Original, original);
        yield return new Row.Pair(words.Date, receipt.IssuedAt.ToString("yyyy-MM-dd HH:mm:ss zzz"));
        yield return new Row.Pair(words.Till, receipt.Till);
        if (receipt.Cashier is { } cashier) yield return new Row.Pair(words.Cashier, cashier);
        if (receipt.Buyer is not { } buyer) yield break;
        yield return new Row.Pair(words.Buyer, buyer.Name);
        if (buyer.TaxId is { } id) yield return new Row.Pair(words.BuyerTaxId, id);
    }

    static IEnumerable<Row> Line(ReceiptLine line, Receipt receipt, ReceiptWords words, Func<Int128, string> amount)
    {
        var letter = line.TaxLetter is { Length: > 0 } code ? $" ({code})" : "";
        var price = AmountText.OfUnitPrice(line.UnitPrice, receipt.Exponent, words.Numbers);
        var quantity = AmountText.OfDecimal(line.Quantity, words.Numbers);
        yield return new Row.Left(line.Description);
        yield return new Row.Pair($"{quantity} {words.Each} {price}{letter}", amount(line.Gross), Indented: true);
        foreach (var discount in line.Discounts)
            yield return new Row.Pair(discount.Name, amount(-(Int128)discount.Amount), Indented: true);
        if (line.Discounts.Count > 0)
            yield return new Row.Pair("", amount(receipt.PricesIncludeTax ? line.Total : line.Net), Indented: true);
    }

    static IEnumerable<Row> Totals(Receipt receipt, ReceiptWords words, Func<Int128, string> amount)
    {
        string Money(long minor) => Currencies.With(amount(minor), receipt.Currency);
        if (receipt.DiscountTotal != 0) yield return new Row.Pair(words.Discounts, amount(-(Int128)receipt.DiscountTotal));
        yield return new Row.Pair(words.Net, amount(receipt.Net));
        foreach (var tax in receipt.Taxes)
        {
            var letter = tax.Letter is { Length: > 0 } code ? $"({code}) " : "";
            var rate = tax.Rate is { } percent ? $" {AmountText.OfDecimal(percent, words.Numbers)}%" : "";
            yield return new Row.Pair($"{letter}{tax.Name}{rate} {words.Of} {amount(tax.Base)}", amount(tax.Amount));
        }
        foreach (var fee in receipt.Fees) yield return new Row.Pair(fee.Name, amount(fee.Amount));
        yield return new Row.Pair(words.Total, Money(receipt.Total), RowStyle.Large);
        var refund = receipt.Title == ReceiptTitle.CreditNote;
        if (receipt.Rounding != 0) yield return new Row.Pair(words.Rounding, amount(receipt.Rounding));
        if (receipt.Due != receipt.Total)
            yield return new Row.Pair(refund ? words.Refunded : words.Due, Money(receipt.Due), RowStyle.Strong);
    }

    static IEnumerable<Row> Paid(Receipt receipt, ReceiptWords words, Func<Int128, string> amount)
    {
        if (receipt.Tenders.Count > 0) yield return new Row.Rule();
        foreach (var tender in receipt.Tenders)
        {
            yield return new Row.Pair(tender.Method, amount(tender.Amount));
            if (tender.Tendered is { } tendered) yield return new Row.Pair(words.Tendered, amount(tendered), Indented: true);
            if (tender.Reference is { } reference) yield return new Row.Pair(words.Reference, reference, RowStyle.Small, Indented: true);
        }
        if (receipt.Change != 0) yield return new Row.Pair(words.Change, amount(receipt.Change), RowStyle.Strong);
    }

    static IEnumerable<Row> Foot(Receipt receipt)
    {
        var words = ReceiptWords.In(receipt.Language);
        yield return new Row.Rule();
        foreach (var fact in receipt.Authority) yield return new Row.Pair(fact.Label, fact.Value, RowStyle.Small);
        if (receipt.Marks.HasFlag(ReceiptMarks.PendingFiscalisation)) yield return new Row.Banner(words.Pending);
        foreach (var line in receipt.Footer) yield return new Row.Centred(line);
        var content = receipt.QrContent ?? receipt.Number;
        yield return new Row.Qr(content);
        // A link can be typed by whoever has no camera; an authority's text cannot.
        if (content.StartsWith("https://")) yield return new Row.Centred(content, RowStyle.Small);
        // Again at the foot: a torn-off top must not turn a copy into an original, or a voided sale into one to bring back.
        foreach (var banner in Banners(receipt, words)) yield return banner;
    }

    static IEnumerable<Row> Banners(Receipt receipt, ReceiptWords words)
    {
        if (receipt.Marks.HasFlag(ReceiptMarks.Voided)) yield return new Row.Banner(words.Voided);
        if (receipt.Marks.HasFlag(ReceiptMarks.Training)) yield return new Row.Banner(words.Training);
        if (receipt.Marks.HasFlag(ReceiptMarks.Copy)) yield return new Row.Banner(words.Copy);
    }
}
