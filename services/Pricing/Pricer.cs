using WebWaka.Pricing.Steps;

namespace WebWaka.Pricing;

/// <summary>Cart and rules to price: pure and deterministic. docs/pricing.md has the steps in words.</summary>
public static class Pricer
{
    /// <param name="cart">What is to be priced.</param>
    /// <param name="rules">By which rules; the same book again is cheaper, its index is kept.</param>
    /// <param name="everyRule">Also say of each rule that was not in question why: for people who ask, not for every sale.</param>
    /// <param name="skipped">Only which fees and taxes were not charged, and why: little work, so that every sale can keep it.</param>
    public static PricingOutcome<PricedCart> Price(Cart cart, RuleBook rules, bool everyRule = false, bool skipped = false)
    {
        ArgumentNullException.ThrowIfNull(cart);
        ArgumentNullException.ThrowIfNull(rules);
        if (!Currency.TryFind(cart.Currency, out _)) return new PricingFailure("currency_unknown", $"{cart.Currency} is not in ISO 4217.");
        if (rules.Check() is { } wrong) return wrong;
        if (cart.TaxExemption is { } paper && !(Limits.IsLocal(paper.ValidFrom) && Limits.IsLocal(paper.ValidTo)))
            return new PricingFailure("exemption_invalid", "A certificate's dates are store-local, without an offset.");
        try
        {
            var work = Work.Start(cart, rules.Index, everyRule, skipped);
            var priced = Run(work);
            work.End();
            return priced;
        }
        catch (OverflowException)
        {
            // The limits keep every ordinary product in range; what still leaves it is absurd rates on absurd amounts.
            return new PricingFailure("amount_too_large", "An amount is beyond what can be kept exactly.");
        }
    }

    static PricingOutcome<PricedCart> Run(Work work)
    {
        if (LinesStep.Run(work) is { } line) return line;
        if (ManualDiscountsStep.OnLines(work) is { } byHand) return byHand;
        PromotionsStep.Run(work);
        if (LoyaltyStep.Burn(work) is { } points) return points;
        if (ManualDiscountsStep.OnOrder(work) is { } onOrder) return onOrder;
        if (FeesStep.Run(work) is { } fee) return fee;
        TaxStep.Run(work);
        ManualDiscountsStep.OnTotal(work);
        return TotalsStep.Run(work);
    }
}
