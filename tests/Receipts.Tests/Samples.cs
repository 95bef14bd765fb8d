using WebWaka.History.Receipts;

namespace WebWaka.Receipts.Tests;

internal static class Samples
{
    /// <summary>Lagos, prices with VAT inside, a promotion, a levy outside the tax base, cash rounding and two tenders.</summary>
    public static Receipt Nigeria { get; } = new()
    {
        Title = ReceiptTitle.Receipt,
        ShopName = "Adé & Ọmọ Supermarket",
        StoreName = "Ikeja City Mall",
        Address = ["174/194 Obafemi Awolowo Way, Alausa", "Ikeja, Lagos"],
        TaxId = "TIN 01234567-0001",
        Number = "T01A000000123",
        Till = "Till 1",
        Cashier = "Chidinma O.",
        IssuedAt = new DateTimeOffset(2026, 11, 22, 16, 5, 33, TimeSpan.FromHours(1)),
        Currency = "NGN",
        Exponent = 2,
        PricesIncludeTax = true,
        Lines =
        [
            new("Golden Penny Spaghetti 500 g", "3", "129000", 387000, 324000, 348300)
            {
                TaxLetter = "A", Discounts = [new("Buy 2 or more, 10% off", 38700)],
            },
            new("Ẹ̀wà oloyin (honey beans), loose, by weight", "0.750 kg", "240000", 180000, 180000, 180000) { TaxLetter = "Z" },
            new("Peak Evaporated Milk Full Cream 160 g, tray of twenty-four tins", "1", "2112048", 2112048, 1964696, 2112048) { TaxLetter = "A" },
        ],
        DiscountTotal = 38700,
        Net = 2468696,
        Taxes = [new("A", "VAT", "7.5", 2288696, 171652), new("Z", "VAT", "0", 180000, 0)],
        Fees = [new("Carrier bag", 5000)],
        Total = 2645348,
        Rounding = -348,
        Due = 2645000,
        Tenders = [new("Card", 1000000, Reference: "RRN 004512889013"), new("Cash", 1645000, Tendered: 1650000)],
        Change = 5000,
        QrContent = "https://ade-omo.webwaka.test/r/T01A000000123.pX4kq9ZbQ2",
        Footer = ["Thank you for shopping with us", "Goods may be returned within 7 days with this receipt"],
    };

    /// <summary>Abidjan, in French and in a currency without decimals.</summary>
    public static Receipt IvoryCoast { get; } = Nigeria with
    {
        Language = ReceiptLanguage.French,
        ShopName = "Épicerie du Plateau",
        StoreName = "Abidjan, Rue du Commerce",
        Address = [],
        TaxId = "NCC 1234567 A",
        Buyer = new("Société Ivoirienne des Cafés et Cacaos", "NCC 7654321 B"),
        Title = ReceiptTitle.TaxInvoice,
        Marks = ReceiptMarks.PendingFiscalisation,
        Number = "P02A000000007",
        Till = "Caisse 2",
        Cashier = "Aïssatou K.",
        IssuedAt = new DateTimeOffset(2026, 11, 22, 15, 5, 0, TimeSpan.Zero),
        Currency = "XOF",
        Exponent = 0,
        PricesIncludeTax = false,
        Lines =
        [
            new("Café moulu « Grand Arôme » 250 g", "2", "2500", 5000, 4500, 5310) { TaxLetter = "A", Discounts = [new("Remise fidélité", 500)] },
            new("Œufs frais, la pièce", "30", "83.3333", 2500, 2500, 2500) { TaxLetter = "B" },
            new("Riz parfumé", "1234.5 kg", "1000", 1234500, 1234500, 1456710) { TaxLetter = "A" },
        ],
        DiscountTotal = 500,
        Net = 1241500,
        Taxes = [new("A", "TVA", "18", 1239000, 223020), new("B", "Exonéré", null, 2500, 0)],
        Fees = [],
        Total = 1464520,
        Rounding = 0,
        Due = 1464520,
        Tenders = [new("Orange Money", 1464520, null, "MP261122.1505.A12345")],
        Change = 0,
        QrContent = null,
        Footer = ["Merci de votre visite"],
    };

    /// <summary>A reprinted credit note with Arabic names beside Latin ones, in a currency of three decimals.</summary>
    public static Receipt CreditNoteCopy { get; } = Nigeria with
    {
        Title = ReceiptTitle.CreditNote,
        Marks = ReceiptMarks.Copy,
        ShopName = "سوق النور Al Noor Market",
        StoreName = "شارع الحبيب بورقيبة، تونس",
        Address = [],
        TaxId = "MF 1234567/A/M/000",
        Number = "R01A000000002",
        OriginalNumber = "T01A000000123",
        Cashier = "ليلى",
        Currency = "TND",
        Exponent = 3,
        Lines =
        [
            new("شاي أخضر Lipton 250 غ (علبة)", "1", "-4500", -4500, -3782, -4500) { TaxLetter = "A" },
            new("زيت زيتون بكر ممتاز معصور على البارد من زيتون الساحل، قارورة زجاجية", "1", "-32750", -32750, -27521, -32750) { TaxLetter = "A" },
        ],
        DiscountTotal = 0,
        Net = -31303,
        Taxes = [new("A", "TVA", "19", -31303, -5947)],
        Fees = [],
        Total = -37250,
        Rounding = 0,
        Due = -37250,
        Tenders = [new("نقدا Cash", -37250)],
        Change = 0,
        QrContent = null,
        Authority = [new("Signature", "5Y3F-9KQ2-77AB-LLM0-51PC-ZZ81-0042"), new("SDC", "KRACU0100000001 / 12 / 345")],
        Footer = ["شكرا لزيارتكم"],
    };

    /// <summary>Accra, training mode, nothing paid.</summary>
    public static Receipt Training { get; } = Nigeria with
    {
        Marks = ReceiptMarks.Training | ReceiptMarks.Copy, ShopName = "Makola Traders", StoreName = "Accra", Currency = "GHS",
        Tenders = [], Change = 0, Fees = [], Rounding = 0, Due = 2645348, QrContent = null, Footer = [],
    };
}
