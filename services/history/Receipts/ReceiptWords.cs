namespace WebWaka.History.Receipts;

/// <summary>The fixed words of a receipt in one language.</summary>
internal sealed record ReceiptWords(
    NumberMarks Numbers, string Receipt, string TaxInvoice, string CreditNote, string Proforma,
    string Copy, string Training, string Pending, string Voided,
    string Number, string Original, string Date, string Till, string Cashier, string Buyer, string BuyerTaxId,
    string Each, string Discounts, string Net, string Of, string Total, string Rounding, string Due, string Refunded,
    string Tendered, string Change, string Reference)
{
    static readonly ReceiptWords english = new(
        NumberMarks.English, "RECEIPT", "TAX INVOICE", "CREDIT NOTE", "PROFORMA",
        "COPY", "TRAINING - NOT A SALE", "PENDING FISCALISATION", "VOID",
        "Number", "Original receipt", "Date", "Till", "Served by", "Customer", "Customer tax id",
        "x", "Discounts", "Net", "of", "TOTAL", "Rounding", "TO PAY", "TO REFUND",
        "Tendered", "Change", "Ref.");

    static readonly ReceiptWords french = new(
        NumberMarks.French, "REÇU", "FACTURE", "AVOIR", "PROFORMA",
        "COPIE", "FORMATION - SANS VALEUR", "EN ATTENTE DE CERTIFICATION", "ANNULÉ",
        "Numéro", "Reçu d'origine", "Date", "Caisse", "Servi par", "Client", "N° fiscal du client",
        "x", "Remises", "Net HT", "sur", "TOTAL", "Arrondi", "À PAYER", "À REMBOURSER",
        "Montant reçu", "Monnaie rendue", "Réf.");

    public static ReceiptWords In(ReceiptLanguage language) => language == ReceiptLanguage.French ? french : english;

    public string Title(ReceiptTitle title) => title switch
    {
        ReceiptTitle.TaxInvoice => TaxInvoice,
        ReceiptTitle.CreditNote => CreditNote,
        ReceiptTitle.Proforma => Proforma,
        _ => Receipt,
    };
}
