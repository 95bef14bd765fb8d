using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>Step 5: fees, on what the lines cost after discounts. Their taxes come with the lines' in step 6.</summary>
internal static class FeesStep
{
    public static PricingFailure? Run(Work work)
    {
        var chosen = work.Cart.Fees;
        for (var i = 0; i < chosen.Length; i++)
        {
            if (Refusal(work.Index.Rules.Fees, chosen[i]) is { } failure) return failure;
            for (var earlier = 0; earlier < i; earlier++)
                if (chosen[earlier].Code == chosen[i].Code) return new("fee_twice", $"{chosen[i].Code} is chosen twice.");
        }

        foreach (var fee in work.Index.Fees)
        {
            if (NotCharged(work, fee) is { } reason)
            {
                if (work.NamesSkipped) work.Skipped.Add(new($"fees/{fee.Rule.Code}", reason));
            }
            else if (Charge(work, fee) is { } failure)
            {
                return failure;
            }
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

    static string? NotCharged(Work work, FeeIndex fee)
    {
        var (rule, cart) = (fee.Rule, work.Cart);
        if (!rule.Automatic && Chosen(cart.Fees, rule.Code) is null) return Reasons.NotChosen;
        if (rule.ValidFrom > work.Local || rule.ValidTo <= work.Local) return Reasons.OutsideDates;
        if (rule.Stores.Length > 0 && Array.IndexOf(rule.Stores, cart.StoreId) < 0) return Reasons.OtherStore;
        if (rule.Zones.Length > 0 && !Eligibility.HasAny(rule.Zones, work.Zones)) return Reasons.OtherZone;
        return Eligibility.HasAny(rule.ExemptCustomerGroups, cart.CustomerGroups) ? Reasons.CustomerExempt : null;
    }

    static CartFee? Chosen(CartFee[] fees, string code)
    {
        foreach (var fee in fees)
            if (fee.Code == code) return fee;
        return null;
    }

    static PricingFailure? Charge(Work work, FeeIndex fee)
    {
        var rule = fee.Rule;
        Int128 quantity = 0, sum = 0, lines = 0;
        var count = 0;
        foreach (var line in work.Lines)
        {
            lines += line.Left;
            // What comes back in an exchange had its fee when it was sold.
            if (line.Source.IsReturn || !fee.Items.Matches(line.Source)) continue;
            count++;
            quantity += line.Quantity;
            sum += line.Left;
        }

        foreach (var below in work.Fees)
            if (Array.IndexOf(rule.OnTopOf, below.Rule.Code) >= 0) sum += below.Amount;
        long amount = 0;
        if (count > 0 || rule.Kind == FeeKind.Open) amount = AmountOf(work, fee, quantity, sum);
        if (amount < 0)
        {
            foreach (var earlier in work.Fees) lines += earlier.Amount;
            amount = (long)-Int128.Max(0, Int128.Min(-(Int128)amount, lines));
        }

        if (amount == 0)
        {
            if (work.NamesSkipped) work.Skipped.Add(new($"fees/{rule.Code}", count == 0 ? Reasons.NoMatchingItem : Reasons.NothingToCharge));
            return null;
        }

        var first = work.FeeParts.Count;
        if ((rule.TaxedAsItems && count > 0 ? AddByLines(work, fee, amount) : AddWhole(work, rule, amount)) is { } failure) return failure;
        work.Fees.Add(new(rule, first, work.FeeParts.Count - first, amount, rule.Kind == FeeKind.Percent ? (long)sum : null,
            rule.Kind == FeeKind.FixedPerUnit ? (decimal)quantity / 100_000 : null));
        return null;
    }

    static long AmountOf(Work work, FeeIndex fee, Int128 quantity, Int128 sum) => fee.Rule.Kind switch
    {
        FeeKind.FixedPerUnit => work.Round(quantity * fee.Amount, Limits.ExtensionScale),
        FeeKind.Percent => work.Round(sum * fee.Rate, 100_000_000),
        FeeKind.Open => Chosen(work.Cart.Fees, fee.Rule.Code)!.Amount!.Value,
        _ => fee.Amount / 10_000,
    };

    static PricingFailure? AddWhole(Work work, FeeRule rule, long amount)
    {
        var plan = TaxPlan.None;
        if (rule.InTaxBase && !rule.TaxedAsItems)
        {
            if (work.Taxes.PlanFor(rule.TaxClass, work.Local, work.Index.Rules.PricesIncludeTax) is not { } known)
                return new("tax_class_unknown", $"Fee {rule.Code}: no tax class {rule.TaxClass ?? "by default"}.");
            if (work.HasNoTaxHere(known)) return new("tax_zone_required", $"Fee {rule.Code}: where the store is no tax of its class is known.");
            plan = known;
        }

        work.FeeParts.Add(new() { Left = amount, Quantity = 100_000, Plan = plan });
        return null;
    }

    /// <summary>Split over the lines by what they cost; what is taxed alike stays together, in order of its first line.</summary>
    static PricingFailure? AddByLines(Work work, FeeIndex fee, long amount)
    {
        var count = 0;
        for (var i = 0; i < work.Count; i++)
        {
            var line = work.Lines[i];
            if (line.Source.IsReturn || !fee.Items.Matches(line.Source)) continue;
            work.Places[count] = i;
            work.Weights[count++] = line.Left;
        }

        var parts = work.Parts.AsSpan(0, count);
        Allocation.Split(amount, work.Weights.AsSpan(0, count), parts);
        var first = work.FeeParts.Count;
        for (var k = 0; k < count; k++)
        {
            // The fee is listed as the rule book's prices are, whatever the line says of its own.
            var plan = work.Taxes.PlanFor(work.Lines[work.Places[k]].Source.TaxClass, work.Local, work.Index.Rules.PricesIncludeTax)!;
            var at = work.FeeParts.FindIndex(first, part => ReferenceEquals(part.Plan, plan));
            if (at >= 0) work.FeeParts[at].Left += parts[k];
            else work.FeeParts.Add(new() { Left = parts[k], Quantity = 0, Plan = plan });
        }

        return null;
    }
}
