namespace WebWaka.Pricing;

/// <summary>Cart and rules to price: pure and deterministic. docs/pricing.md has the steps in words.</summary>
public static class Pricer
{
    public static PricingOutcome<PricedCart> Price(Cart cart, RuleBook rules) => throw new NotSupportedException("Comes with the next commit.");
}
