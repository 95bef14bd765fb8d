using WebWaka.Pricing;

namespace WebWaka.Transaction.Core;

/// <summary>How the customer means to pay, as far as it is known while a cart is only quoted.</summary>
/// <param name="Method"><c>cash</c>, <c>card</c> or <c>paystack</c>.</param>
/// <param name="Amount">Minor units that it is to pay; what has none pays the rest.</param>
/// <param name="Tendered">As in a sale, so that its tenders can be sent as they are; a quote needs neither this nor the reference.</param>
public sealed record MeantTender(string Method, long? Amount = null, long? Tendered = null, string? Reference = null);

/// <summary>What the cash part of a quote is rounded by.</summary>
internal sealed record CashPart(long Rounding)
{
    /// <summary>Null while it is not known how much is cash: no tenders yet, or another one without its amount beside cash.</summary>
    public static CashPart? Of(long total, MeantTender[]? tenders, CashRounding? rounding)
    {
        if (tenders is not { Length: > 0 })
            return null;
        if (rounding?.AppliesTo == RoundedTenders.All)
            return new(Tenders.CashDue(total, rounding) - total);
        var others = tenders.Where(tender => tender.Method != Tenders.Cash).ToList();
        if (others.Count == tenders.Length)
            return new(0);
        if (others.Exists(tender => tender.Amount is null))
            return null;
        var cash = total - others.Sum(tender => tender.Amount!.Value);
        return new(Tenders.CashDue(cash, rounding) - cash);
    }
}
