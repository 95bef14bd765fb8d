using FsCheck;
using FsCheck.Fluent;
using WebWaka.History.Receipts;

namespace WebWaka.Receipts.Tests;

/// <summary>Names as tills have seen them and worse, and any amount.</summary>
internal static class Texts
{
    static readonly string[] pieces =
    [
        "a", "Rice", "Indomie", "é", "e\u0300", "ẹ̀", "₦", "₵", " ", " ", "  ", "\n", "\t", "\u00A0", "شاي", "لا", "123", "(", ")", "日本語", "👨‍👩‍👧", "🇳🇬",
        "🇳", "\u200D", "\u0301", "\u202E", "\uD83D", "\uFE0F", "한", "Supercalifragilisticexpialidocious", "-", "%", "ﷺ", "\u0000",
    ];

    static readonly Gen<string> text = Gen.Choose(0, 40).SelectMany(length => Gen.Elements(pieces).ArrayOf(length)).Select(string.Concat);

    public static Gen<string[]> Any { get; } = text.ArrayOf(20);

    public static Gen<long[]> Amounts { get; } =
        Gen.OneOf(Gen.Elements(long.MinValue, long.MaxValue, 0L, -1L), Gen.Choose(-1_000_000_000, 1_000_000_000).Select(one => (long)one)).ArrayOf(16);

    public static Receipt Receipt(string[] t, long[] a) => new()
    {
        Title = ReceiptTitle.CreditNote,
        Marks = ReceiptMarks.Copy | ReceiptMarks.Training | ReceiptMarks.PendingFiscalisation,
        Language = a[0] % 2 == 0 ? ReceiptLanguage.English : ReceiptLanguage.French,
        ShopName = t[0], StoreName = t[1], Address = [t[2]], TaxId = t[3], Buyer = new(t[4], t[5]),
        Number = t[6], OriginalNumber = t[7], Till = t[8], Cashier = t[9],
        IssuedAt = new DateTimeOffset(2026, 11, 22, 16, 5, 33, TimeSpan.FromHours(-3.5)),
        Currency = a[1] % 2 == 0 ? "XOF" : "NGN", Exponent = (int)(Math.Abs(a[2] % 5)), PricesIncludeTax = true,
        Lines = [new(t[10], t[11], a[3] + ".1234", a[4], a[5], a[6]) { TaxLetter = t[12], Discounts = [new(t[13], a[7])] }],
        DiscountTotal = a[8], Net = a[9], Taxes = [new(t[12], t[14], "7.5", a[10], a[11])], Fees = [new(t[15], a[12])],
        Total = a[13], Rounding = a[14], Due = a[15], Tenders = [new(t[16], a[0], a[1], t[17])], Change = a[2],
        Authority = [new(t[18], t[19])], Footer = [t[0]], QrContent = "https://example.test/" + a[0],
    };
}
