namespace WebWaka.Pricing;

/// <summary>One way the customer pays. <paramref name="Amount"/> is what it pays of the sale (negative in a refund);
/// <paramref name="Tendered"/> is the cash handed over, absent: exactly the amount.</summary>
public sealed record Tender(string Method, long Amount, long? Tendered = null);

/// <summary>due = total + rounding = sum of tender amounts; paid = what was handed over; change = paid - due.</summary>
public sealed record Settlement(long Total, long Rounding, long Due, long Paid, long Change);

/// <summary>Whether tenders pay a total, to the minor unit.</summary>
public static class Tenders
{
    public const string Cash = "cash";

    /// <summary>What cash must pay of <paramref name="left"/> minor units, the rest of a total after other tenders.</summary>
    public static long CashDue(long left, CashRounding? cashRounding) =>
        cashRounding is null ? left : Pricing.Rounding.ToStep(left, cashRounding.Step, cashRounding.Mode);

    /// <param name="total">Minor units; negative pays out.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="cashRounding">Absent: no rounding. Applied to the cash part, or to the total where it says so.</param>
    /// <param name="tenders">In any order.</param>
    public static PricingOutcome<Settlement> Settle(long total, string currency, CashRounding? cashRounding, IReadOnlyList<Tender> tenders)
    {
        ArgumentNullException.ThrowIfNull(tenders);
        if (Refusal(total, currency, cashRounding) is { } refused) return refused;
        Int128 cash = 0, other = 0, over = 0;
        var anyCash = false;
        foreach (var tender in tenders)
        {
            if (Refusal(tender, total) is { } wrong) return wrong;
            if (tender.Method != Cash)
            {
                other += tender.Amount;
                continue;
            }

            anyCash = true;
            cash += tender.Amount;
            over += (tender.Tendered ?? tender.Amount) - tender.Amount;
        }

        var sign = total < 0 ? -1 : 1;
        var all = cashRounding?.AppliesTo == RoundedTenders.All;
        if (!all && other * sign > total * sign)
            return new PricingFailure("tender_above_due", $"Tenders other than cash pay {other} of {total}.");
        var left = all ? total : (long)(total - other);
        var rounding = all || anyCash ? CashDue(left, cashRounding) - left : 0;
        var due = total + rounding;
        var missing = (due - cash - other) * sign;
        if (missing > 0) return new PricingFailure("tender_below_due", $"{missing} of {due} is not paid.");
        if (missing < 0)
            return new PricingFailure("tender_above_due", $"The tenders' amounts are {-missing} above {due}; change is for cash tendered.");
        if (over > Limits.MaxAmount) return TooLarge;
        return new Settlement(total, rounding, due, due + (long)over, (long)over);
    }

    /// <summary>What is still to be paid: of the total, or of nothing where the sale is off, less what was paid and not given back.
    /// Below zero: it is to be given back.</summary>
    public static long Outstanding(long total, long paid, long givenBack, bool off) => (off ? 0 : total) - (paid - givenBack);

    static PricingFailure TooLarge => new("amount_too_large", "An amount is beyond what can be kept exactly.");

    static PricingFailure? Refusal(long total, string currency, CashRounding? cashRounding)
    {
        if (!Currency.TryFind(currency, out _)) return new("currency_unknown", $"{currency} is not in ISO 4217.");
        if (total is < -Limits.MaxAmount or > Limits.MaxAmount) return TooLarge;
        if (cashRounding is null) return null;
        if (cashRounding.Step is < 1 or > 1_000_000) return new("rounding_step_invalid", "A step is at least one minor unit.");
        return cashRounding.Currency == currency ? null : new("currency_differs", $"The cash rounding is for {cashRounding.Currency}.");
    }

    static PricingFailure? Refusal(Tender tender, long total)
    {
        var isCash = tender.Method == Cash;
        if (string.IsNullOrWhiteSpace(tender.Method)) return new("tender_method_missing", "A tender names its method.");
        if (tender.Amount is < -Limits.MaxAmount or > Limits.MaxAmount || tender.Tendered is < -Limits.MaxAmount or > Limits.MaxAmount)
            return TooLarge;
        // Cash may pay nothing where all that is left rounds away.
        if (tender.Amount == 0 ? !isCash : Math.Sign(tender.Amount) != Math.Sign(total))
            return new("tender_amount_invalid", "A tender pays something, in the direction of the total.");
        if (tender.Tendered is not { } tendered) return null;
        if (!isCash) return new("tendered_not_cash", $"{tender.Method} is not handed over.");
        if (total < 0) return new("tendered_in_refund", "Nothing is handed over by the customer when money is paid out.");
        return tendered < tender.Amount ? new("tendered_below_amount", $"{tendered} handed over for {tender.Amount}.") : null;
    }
}
