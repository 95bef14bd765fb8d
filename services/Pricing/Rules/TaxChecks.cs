namespace WebWaka.Pricing.Rules;

/// <summary>What can be said of a tax class without knowing the time.</summary>
internal static class TaxChecks
{
    const decimal MaxRate = 1_000;

    public static PricingFailure? Of(TaxClass rules)
    {
        if (rules.Code.Length == 0) return new("tax_code_missing", "A tax class has no code.");
        var codes = rules.Components.Select(c => c.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var component in rules.Components)
        {
            if (Of(rules.Code, component) is { } failure) return failure;
            if (component.OnTopOf.FirstOrDefault(code => !codes.Contains(code)) is { } unknown)
                return new("tax_on_top_of_unknown", $"{rules.Code}/{component.Code} stands on {unknown}, which its class does not have.");
        }

        return null;
    }

    static PricingFailure? Of(string taxClass, TaxComponent component)
    {
        var name = $"{taxClass}/{component.Code}";
        if (component.Code.Length == 0) return new("tax_code_missing", $"A component of {taxClass} has no code.");
        if (!Limits.TryScale(component.Rate, Limits.RatePlaces, MaxRate, out _))
            return new("tax_rate_invalid", $"{name}: a rate has at most six decimals and is at most {MaxRate} percent.");
        if (!Limits.TryScale(component.AmountPerUnit, Limits.PricePlaces, Limits.MaxUnitPrice, out _))
            return new("tax_rate_invalid", $"{name}: an amount per unit has at most four decimals of a minor unit.");
        if (component.Kind == TaxKind.Division && component.Rate is < 0 or >= 100)
            return new("tax_rate_invalid", $"{name}: a share of the price is at least 0 and below 100 percent.");
        if (component.Kind == TaxKind.FixedPerUnit ? component.Rate != 0 : component.AmountPerUnit != 0)
            return new("tax_rate_invalid", $"{name}: a fixed levy has an amount and no rate, others a rate and no amount.");
        if (component.Treatment != TaxTreatment.Taxed && (component.Rate != 0 || component.AmountPerUnit != 0))
            return new("tax_rate_invalid", $"{name}: what is not taxed has no rate.");
        if (component.ValidFrom >= component.ValidTo)
            return new("tax_dates_invalid", $"{name}: its interval is empty.");
        return Limits.IsLocal(component.ValidFrom) && Limits.IsLocal(component.ValidTo)
            ? null
            : new("tax_dates_invalid", $"{name}: dates are store-local, without an offset.");
    }
}
