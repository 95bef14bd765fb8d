using WebWaka.Contracts.Transaction;

namespace WebWaka.Transaction.Core;

/// <summary>What a till's drawer holds.</summary>
internal static class Drawer
{
    /// <summary>What the tenders put into the drawer: cash given less change, which is what it pays.</summary>
    public static long CashOf(SaleTender[] tenders)
    {
        var cash = 0L;
        foreach (var tender in tenders)
        {
            if (tender.Method == Selling.Cash)
                cash = checked(cash + tender.Amount);
        }

        return cash;
    }
}
