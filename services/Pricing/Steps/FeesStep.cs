namespace WebWaka.Pricing.Steps;

/// <summary>Step 5: fees, on what the lines cost after discounts. Their taxes come with the lines' in step 6.</summary>
internal static class FeesStep
{
    public static PricingFailure? Run(Work work)
    {
        var rules = work.Index.Rules.Fees;
        for (var i = 0; i < work.Cart.Fees.Length; i++)
        {
            var chosen = work.Cart.Fees[i];
            if (Refusal(rules, chosen) is { } failure) return failure;
            if (!ReferenceEquals(Chosen(work.Cart.Fees, chosen.Code), chosen)) return new("fee_twice", $"{chosen.Code} is chosen twice.");
        }

        for (var i = 0; i < rules.Length; i++)
        {
            var rule = rules[i];
            var chosen = Chosen(work.Cart.Fees, rule.Code);
            if (!rule.Automatic && chosen is null) continue;
            var amount = rule.Kind == FeeKind.Open ? chosen!.Amount!.Value : AmountOf(work, rule, i);
            if (amount == 0) continue;
            var plan = Rules.TaxPlan.None;
            if (rule.InTaxBase)
            {
                if (work.Index.PlanFor(rule.TaxClass, work.Local, work.Index.Rules.PricesIncludeTax) is not { } known)
                    return new("tax_class_unknown", $"Fee {rule.Code}: no tax class {rule.TaxClass ?? "by default"}.");
                plan = known;
            }

            work.Fees.Add(new WorkFee(rule) { Left = amount, Quantity = 100_000, Plan = plan });
        }

        return null;
    }

    static PricingFailure? Refusal(FeeRule[] rules, CartFee chosen)
    {
        if (Array.Find(rules, rule => rule.Code == chosen.Code) is not { } rule)
            return new("fee_unknown", $"There is no fee {chosen.Code}.");
        if (rule.Kind == FeeKind.Open ? chosen.Amount is not (>= 0 and <= Limits.MaxAmount) : chosen.Amount is not null)
            return new("fee_amount_invalid", $"{chosen.Code}: an open fee is given with its amount, others without.");
        return null;
    }

    static CartFee? Chosen(CartFee[] fees, string code)
    {
        foreach (var fee in fees)
            if (fee.Code == code) return fee;
        return null;
    }

    static long AmountOf(Work work, FeeRule rule, int at)
    {
        Int128 quantity = 0, sum = 0;
        var any = false;
        foreach (var line in work.Lines)
        {
            // What comes back in an exchange had its fee when it was sold.
            if (line.Source.IsReturn || !work.Index.FeeItems[at].Matches(line.Source)) continue;
            any = true;
            quantity += line.Quantity;
            sum += line.Left;
        }

        if (!any) return 0;
        Limits.TryScale(rule.Amount, Limits.PricePlaces, Limits.MaxUnitPrice, out var perUnit);
        Limits.TryScale(rule.Rate, Limits.RatePlaces, 1_000, out var rate);
        return rule.Kind switch
        {
            FeeKind.FixedPerUnit => work.Round(quantity * perUnit, Limits.ExtensionScale),
            FeeKind.Percent => work.Round(sum * rate, 100_000_000),
            _ => perUnit / 10_000,
        };
    }
}
