namespace WebWaka.History.Receipts;

/// <summary>What the paper says it is. A training or copied document keeps its title and carries a banner beside it.</summary>
internal enum ReceiptTitle { Receipt, TaxInvoice, CreditNote, Proforma }

[Flags]
internal enum ReceiptMarks { None = 0, Copy = 1, Training = 2, PendingFiscalisation = 4, Voided = 8 }

internal enum ReceiptLanguage { English, French }

/// <summary>
/// One stored document as it is to be handed out. Amounts are integers in the minor unit of <see cref="Currency"/>, with the sign they
/// were stored with; discounts are positive where they lower a price. Rates and quantities are decimal strings. Nothing here is computed.
/// </summary>
internal sealed record Receipt
{
    public required ReceiptTitle Title { get; init; }
    public ReceiptMarks Marks { get; init; }
    public ReceiptLanguage Language { get; init; }

    public required string ShopName { get; init; }
    public required string StoreName { get; init; }
    public IReadOnlyList<string> Address { get; init; } = [];

    /// <summary>As the shop's law calls it and writes it, say "TIN 12345678-0001".</summary>
    public string? TaxId { get; init; }
    public ReceiptBuyer? Buyer { get; init; }

    public required string Number { get; init; }

    /// <summary>The receipt that a credit note takes back.</summary>
    public string? OriginalNumber { get; init; }
    public required string Till { get; init; }

    /// <summary>Left out where it is not known.</summary>
    public string? Cashier { get; init; }

    /// <summary>The store's local time with the offset it had then.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>How many decimals the currency has: 0 to 4.</summary>
    public required int Exponent { get; init; }

    /// <summary>Decides what is printed under a discounted line: its total, or its net where tax comes on top.</summary>
    public required bool PricesIncludeTax { get; init; }

    public required IReadOnlyList<ReceiptLine> Lines { get; init; }
    public long DiscountTotal { get; init; }
    public required long Net { get; init; }
    public IReadOnlyList<ReceiptTax> Taxes { get; init; } = [];
    public IReadOnlyList<ReceiptFee> Fees { get; init; } = [];
    public required long Total { get; init; }
    public long Rounding { get; init; }
    public required long Due { get; init; }
    public IReadOnlyList<ReceiptTender> Tenders { get; init; } = [];
    public long Change { get; init; }

    /// <summary>What an authority answered (IRN, SDC id, signature), as label and value, in its order.</summary>
    public IReadOnlyList<ReceiptFact> Authority { get; init; } = [];

    /// <summary>What the QR code says: the public link or the authority's text, up to 1,000 characters. The number where there is none.</summary>
    public string? QrContent { get; init; }
    public IReadOnlyList<string> Footer { get; init; } = [];
}

internal sealed record ReceiptBuyer(string Name, string? TaxId);

internal sealed record ReceiptFact(string Label, string Value);

/// <summary><c>UnitPrice</c> is a decimal string in minor units, as in the API ("150000" or "12.3456");
/// <c>Quantity</c> may carry its unit ("0.750 kg").</summary>
internal sealed record ReceiptLine(string Description, string Quantity, string UnitPrice, long Gross, long Net, long Total)
{
    public IReadOnlyList<ReceiptDiscount> Discounts { get; init; } = [];

    /// <summary>The letter or code that leads to the tax in the summary; several taxes stand together, say "AB".</summary>
    public string? TaxLetter { get; init; }
}

internal sealed record ReceiptDiscount(string Name, long Amount);

/// <summary><c>Rate</c> is percent as a decimal string, null for a tax of a fixed amount.</summary>
internal sealed record ReceiptTax(string? Letter, string Name, string? Rate, long Base, long Amount);

/// <summary>A fee's <c>Amount</c> is without tax where the fee is taxed and the tax stands in the summary, else its total.</summary>
internal sealed record ReceiptFee(string Name, long Amount);

/// <summary><c>Tendered</c> is the cash handed over, null for what is not cash.</summary>
internal sealed record ReceiptTender(string Method, long Amount, long? Tendered = null, string? Reference = null);
