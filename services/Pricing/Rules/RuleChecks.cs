namespace WebWaka.Pricing.Rules;

/// <summary>What must hold of a rule book before it may price anything.</summary>
internal static class RuleChecks
{
    public static PricingFailure? Of(RuleBook rules)
    {
        if (rules.Rounding.Step is < 1 or > 1_000_000) return new("rounding_step_invalid", "A step is at least one minor unit.");
        var ids = new HashSet<Guid>();
        foreach (var promotion in rules.Promotions)
        {
            if (!ids.Add(promotion.Id)) return new("promotion_twice", $"{promotion.Id} is there twice.");
            if (Of(promotion) is { } wrong) return new("promotion_invalid", $"{promotion.Name} ({promotion.Id}): {wrong}");
        }

        if (rules.Loyalty is { } programme && IndexedLoyalty.Fault(programme) is { } loyalty) return new("loyalty_invalid", loyalty);
        for (var i = 0; i < rules.Fees.Length; i++)
            if (Of(rules.Fees[i], rules.Fees.AsSpan(0, i)) is { } wrong)
                return new("fee_invalid", $"{rules.Fees[i].Code}: {wrong}");
        if (ZoneFault(rules) is { } zone) return new("tax_zone_invalid", zone);
        foreach (var cash in rules.CashRounding)
            if (!Currency.TryFind(cash.Currency, out _) || cash.Step is < 1 or > 1_000_000)
                return new("cash_rounding_invalid", $"{cash.Currency} in steps of {cash.Step}.");
        return rules.Fees.GroupBy(f => f.Code, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice
            ? new("fee_invalid", $"{twice.Key} is there twice.")
            : null;
    }

    static string? ZoneFault(RuleBook rules)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var zone in rules.Zones)
            if (zone.Code.Length == 0 || zone.Code.Contains('\n', StringComparison.Ordinal) || !known.Add(zone.Code))
                return $"{zone.Code}: a zone has a code of its own.";
        var named = rules.TaxClasses.SelectMany(c => c.Components).SelectMany(c => c.Zones).Concat(rules.Fees.SelectMany(fee => fee.Zones));
        return named.FirstOrDefault(code => !known.Contains(code)) is { } unknown ? $"{unknown}: there is no such zone." : null;
    }

    static string? Of(FeeRule fee, ReadOnlySpan<FeeRule> before)
    {
        if (fee.Code.Length == 0) return "a fee has a code";
        if (!Limits.IsLocal(fee.ValidFrom) || !Limits.IsLocal(fee.ValidTo)) return "dates are store-local, without an offset";
        if (fee.ValidFrom >= fee.ValidTo) return "its dates leave no time";
        foreach (var code in fee.OnTopOf)
            if (fee.Kind != FeeKind.Percent || !Has(before, code)) return $"it is no percentage, or {code} does not stand before it";
        if (fee.TaxedAsItems && !fee.InTaxBase) return "what is taxed as its items is in the tax base";
        if ((fee.Amount < 0 && fee.Kind != FeeKind.FixedPerDocument) || !Limits.TryScale(fee.Amount, Limits.PricePlaces, Limits.MaxUnitPrice, out _))
            return "an amount is zero or more with at most four decimals of a minor unit";
        if (fee.Kind == FeeKind.FixedPerDocument && fee.Amount != decimal.Truncate(fee.Amount))
            return "a fee for the document is whole minor units";
        if (fee.Rate < 0 || !Limits.TryScale(fee.Rate, Limits.RatePlaces, 1_000, out _))
            return "a rate is zero or more with at most six decimals";
        return fee.Kind == FeeKind.Open && fee.Automatic ? "an open fee is charged only where the cart names it" : null;
    }

    static bool Has(ReadOnlySpan<FeeRule> fees, string code)
    {
        foreach (var fee in fees)
            if (fee.Code == code) return true;
        return false;
    }

    static string? Of(Promotion promotion)
    {
        var caps = promotion.Caps;
        if (caps is { AmountPerLine: < 0 } or { AmountPerOrder: < 0 } or { Budget: < 0 } or { UsesPerCustomer: < 0 } or { UsesPerDay: < 0 }
            or { UsesInTotal: < 0 }) return "a cap is zero or more";
        if (caps.UnitsPerLine is { } units && (units <= 0 || !Limits.TryScale(units, Limits.QuantityPlaces, Limits.MaxQuantity, out _)))
            return "units per line are positive with at most five decimals";
        var conditions = promotion.Conditions;
        if (!Limits.IsLocal(conditions.ValidFrom) || !Limits.IsLocal(conditions.ValidTo)) return "dates are store-local, without an offset";
        if (conditions.ValidFrom >= conditions.ValidTo) return "its dates leave no time";
        if (conditions.MinimumQuantity is { } least && (least < 0 || !Limits.TryScale(least, Limits.QuantityPlaces, Limits.MaxQuantity, out _)))
            return "a minimum quantity is zero or more with at most five decimals";
        if (promotion.Coupon is { PerOrder: < 1 }) return "a coupon can be used at least once in an order";
        if (promotion.Coupon is { PerCustomer: < 1 }) return "a coupon can be used at least once by a customer";
        return promotion switch
        {
            PercentOff percent => OfPercent(percent.Percent),
            AmountOff amount => OfAmount(amount.Amount),
            FixedPrice price => OfPrice(price.Price, promotion.Scope),
            BuyXGetY { Buy: < 1 } or BuyXGetY { Get: < 1 } => "both buy and get are at least 1",
            BuyXGetY { Buy: > 100_000 } or BuyXGetY { Get: > 100_000 } => "buy and get are at most 100000",
            BuyXGetY get => OfPercent(get.Percent),
            Tiered tiered => OfTiers(tiered),
            FreeGift { Quantity: < 1 or > 100_000 } => "a gift is 1 to 100000 units",
            FreeGift gift => OfPercent(gift.Percent),
            Bundle bundle => OfBundle(bundle),
            _ => "its type is not known here",
        };
    }

    static string? OfTiers(Tiered tiered)
    {
        if (tiered.Tiers.Length == 0) return "it has no tier";
        foreach (var tier in tiered.Tiers)
        {
            var benefits = (tier.Percent is null ? 0 : 1) + (tier.Amount is null ? 0 : 1) + (tier.Price is null ? 0 : 1);
            if (benefits != 1) return "a tier has one of percent, amount and price";
            if (tier.From < 0 || tier.From > Limits.MaxAmount || tier.From * 100_000 % 1 != 0)
                return "a tier starts at zero or more, with at most five decimals";
            var wrong = (tier.Percent is { } percent ? OfPercent(percent) : null)
                ?? (tier.Amount is { } amount ? OfAmount(amount) : null)
                ?? (tier.Price is { } price ? OfPrice(price, tiered.Scope) : null);
            if (wrong is not null) return wrong;
        }

        return tiered.Tiers.Select(t => t.From).Distinct().Count() == tiered.Tiers.Length ? null : "two tiers start at the same point";
    }

    static string? OfBundle(Bundle bundle)
    {
        if (bundle.Parts.Length is 0 or > 20) return "a bundle has 1 to 20 parts";
        if (Array.Exists(bundle.Parts, part => part.Quantity is < 1 or > 100_000)) return "a part is 1 to 100000 units";
        var benefits = (bundle.Price is null ? 0 : 1) + (bundle.Amount is null ? 0 : 1) + (bundle.AmountEach is null ? 0 : 1)
            + (bundle.Percent is null ? 0 : 1);
        if (benefits != 1) return "a bundle has one of price, amount, amountEach and percent";
        return bundle.Percent is { } percent ? OfPercent(percent) : OfAmount(bundle.Price ?? bundle.Amount ?? bundle.AmountEach!.Value);
    }

    static string? OfPercent(decimal percent) =>
        percent is >= 0 and <= 100 && Limits.TryScale(percent, Limits.RatePlaces, 100, out _)
            ? null : "a percentage is 0 to 100 with at most six decimals";

    static string? OfAmount(long amount) => amount is >= 0 and <= Limits.MaxAmount ? null : "an amount is zero or more";

    static string? OfPrice(decimal price, PromotionScope scope)
    {
        if (price < 0 || !Limits.TryScale(price, Limits.PricePlaces, Limits.MaxUnitPrice, out _))
            return "a price has at most four decimals";
        return scope == PromotionScope.Line || price == decimal.Truncate(price) ? null : "a price for a group is whole minor units";
    }
}
