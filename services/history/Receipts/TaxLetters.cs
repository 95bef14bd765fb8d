using WebWaka.Contracts.Transaction;

namespace WebWaka.History.Receipts;

/// <summary>Gives each tax of a document a letter, in the order met, and sums what was stored for it.</summary>
internal sealed class TaxLetters
{
    private readonly List<(string Code, string Rate, string? Treatment, long Base, long Amount)> _taxes = [];

    /// <summary>The letters of a line's taxes together, say "AB"; null where it has none.</summary>
    public string? Add(LineTax[] taxes) => taxes.Length == 0 ? null : string.Concat(taxes.Select(tax => Letter(Add(tax))));

    public ReceiptTax[] Summary(ReceiptLanguage language) => [.. _taxes.Select((tax, i) => CountryWords.Treatment(tax.Treatment, language) is { } treatment
        ? new ReceiptTax(Letter(i), $"{tax.Code} {treatment}", null, tax.Base, tax.Amount)
        : new ReceiptTax(Letter(i), tax.Code, tax.Rate, tax.Base, tax.Amount))];

    private int Add(LineTax tax)
    {
        var at = _taxes.FindIndex(known => known.Code == tax.Code && known.Rate == tax.Rate && known.Treatment == tax.Treatment);
        if (at < 0)
        {
            _taxes.Add((tax.Code, tax.Rate, tax.Treatment, tax.Base, tax.Amount));
            return _taxes.Count - 1;
        }

        var sum = _taxes[at];
        _taxes[at] = sum with { Base = checked(sum.Base + tax.Base), Amount = checked(sum.Amount + tax.Amount) };
        return at;
    }

    /// <summary>A to Z, then A1 and on.</summary>
    private static string Letter(int i) => i < 26 ? $"{(char)('A' + i)}" : $"{(char)('A' + i % 26)}{i / 26}";
}
