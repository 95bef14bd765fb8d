using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using WebWaka.Pricing.Differential;

namespace WebWaka.Pricing.Tests;

/// <summary>What holds of every cart under every kind of rule: the carts of the differential run. FsCheck prints the seed that breaks
/// one.</summary>
public sealed class EveryKindPropertyTests
{
    static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(int.MaxValue);

    static void ForAll(Func<Cart, RuleBook, PricedCart, bool> holds, bool everyRule = false) => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var one = new RandomCase(seed).Next(1);
            var cart = one.Carts[0].Cart;
            return Pricer.Price(cart, one.Rules, everyRule).Value is not { } priced || holds(cart, one.Rules, priced);
        }).Check(Many);

    static long Taken(PricedLine line) => line.Discounts.Sum(d => d.Amount);

    [Fact]
    public void Lines_and_fees_sum_to_the_document() => ForAll((_, _, priced) =>
        priced.Total == priced.Lines.Sum(l => l.Total) + priced.Fees.Sum(f => f.Total) &&
        priced.Net == priced.Lines.Sum(l => l.Net) &&
        priced.Gross == priced.Lines.Sum(l => l.Gross) &&
        priced.Discount == priced.Lines.Sum(Taken) &&
        priced.Tax == priced.Taxes.Sum(t => t.Amount) &&
        priced.Total == priced.Net + priced.Tax + priced.Fees.Sum(f => f.Net));

    [Fact]
    public void Net_and_tax_are_the_total_and_the_listed_price_is_kept() => ForAll((_, _, priced) =>
        priced.Lines.All(l => l.Total == l.Net + l.Taxes.Sum(t => t.Amount)) &&
        priced.Fees.All(f => f.Total == f.Net + f.Taxes.Sum(t => t.Amount)) &&
        (priced.TaxExemptionId is not null ||
            priced.Lines.All(l => l.Gross - Taken(l) == l.Net + l.Taxes.Where(t => t.Included).Sum(t => t.Amount))));

    [Fact]
    public void The_parts_of_a_promotion_sum_to_what_it_took() => ForAll((_, _, priced) => priced.Applied.All(a =>
        a.Amount == priced.Lines.Sum(l => l.Discounts.Where(d => d.PromotionId == a.PromotionId && d.CouponCode == a.CouponCode).Sum(d => d.Amount))));

    [Fact]
    public void No_discount_takes_more_than_there_is() => ForAll((cart, _, priced) => priced.Lines.All(l =>
        cart.Lines.Single(c => c.Line == l.Line).IsReturn
            ? l.Gross <= 0 && l.Gross - Taken(l) <= 0
            : l.Gross - Taken(l) >= 0 && l.Discounts.All(d => d.Source != DiscountSource.Promotion || d.Amount > 0)));

    [Fact]
    public void The_order_of_lines_rules_fees_and_coupons_means_nothing() => ForAll((cart, rules, priced) =>
    {
        var turned = cart with
        {
            Lines = [.. cart.Lines.Reverse()], Coupons = [.. cart.Coupons.Reverse()], Fees = [.. cart.Fees.Reverse()], Usage = [.. cart.Usage.Reverse()],
        };
        return Json(turned.Price(rules with { Promotions = [.. rules.Promotions.Reverse()] })) == Json(priced);
    });

    [Fact]
    public void A_refund_of_all_that_was_sold_is_its_negative() => ForAll((cart, _, priced) =>
    {
        var sold = priced.Lines.Where(l => !cart.Lines.Single(c => c.Line == l.Line).IsReturn).ToArray();
        if (sold.Length == 0) return true;
        var refund = Refunds.Price(priced, [], [.. sold.Select(l => new RefundRequest(l.Line, Math.Abs(l.Quantity)))]).Must();
        return refund.Lines.Zip(sold).All(p => p.First.Total == -p.Second.Total && p.First.Net == -p.Second.Net && Taken(p.First) == -Taken(p.Second));
    });

    [Fact]
    public void A_rate_that_changes_later_touches_no_older_receipt() => ForAll((cart, rules, priced) =>
    {
        var change = cart.At.DateTime.AddTicks(1);
        TaxComponent[] Changed(TaxComponent[] components) =>
        [
            .. components.Select(c => c.ValidTo is null || c.ValidTo > change ? c with { ValidTo = change } : c).Where(c => !(c.ValidFrom >= c.ValidTo)),
            .. components.Where(c => c.Treatment == TaxTreatment.Taxed && c.Kind == TaxKind.Percent && !(c.ValidTo <= change))
                .Select(c => c with { ValidFrom = c.ValidFrom > change ? c.ValidFrom : change, Rate = c.Rate + 1 }),
        ];
        var next = rules with { TaxClasses = [.. rules.TaxClasses.Select(c => c with { Components = Changed(c.Components) })] };
        // A component may stand on one that has ended: such a book is refused, and says nothing here.
        return next.Check() is not null || Json(cart.Price(next)) == Json(priced);
    });

    [Fact]
    public void Every_promotion_is_given_or_says_why_not() => ForAll(
        (_, rules, priced) => rules.Promotions.All(rule =>
            priced.Applied.Any(a => a.PromotionId == rule.Id) || priced.NotApplied.Any(n => n.PromotionId == rule.Id)),
        everyRule: true);

    [Fact]
    public void The_random_rules_reach_every_kind_and_reason()
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 0; seed < 4_000; seed++)
        {
            var one = new RandomCase(seed).Next(1);
            if (Pricer.Price(one.Carts[0].Cart, one.Rules, everyRule: true).Value is not { } priced)
            {
                met.Add(Pricer.Price(one.Carts[0].Cart, one.Rules).Failure!.Code);
                continue;
            }

            foreach (var applied in priced.Applied) met.Add(one.Rules.Promotions.Single(p => p.Id == applied.PromotionId).GetType().Name);
            foreach (var refused in priced.NotApplied) met.Add(refused.Reason);
            foreach (var skipped in priced.Skipped!) met.Add(skipped.Reason);
            foreach (var fee in priced.Fees) met.Add($"fee {one.Rules.Fees.Single(f => f.Code == fee.Code).Kind}");
            foreach (var tax in priced.Taxes) met.Add($"{tax.Code} {tax.Included}");
            if (priced.Loyalty is not { } points) continue;
            if (points.Earned > 0) met.Add("points earned");
            if (points.Burned > 0) met.Add("points spent");
            met.Add($"points {points.NotBurned}");
        }

        string[] wanted =
        [
            "PercentOff", "AmountOff", "FixedPrice", "BuyXGetY", "Tiered", "Bundle", "FreeGift", "fee FixedPerUnit", "fee FixedPerDocument", "fee Percent",
            "fee Open", "VAT True", "VAT False", "LEVY True", "LEVY False", "WH False", "STATE True", "CITY False", "EXEMPT False", "TOP False",
            "exhausted", "outside_dates", "outside_hours", "other_store", "other_till", "other_zone", "other_customer", "other_customer_group",
            "not_first_purchase", "other_tender", "customer_required", "used_up_in_total", "used_up_today", "used_up_by_customer", "budget_spent",
            "below_minimum_quantity", "below_minimum_amount", "coupon_required", "coupon_unknown", "coupon_repeated", "coupon_limit", "no_matching_item",
            "gift_not_in_cart", "not_combinable", "better_promotion", "nothing_to_discount", "not_chosen", "customer_exempt", "nothing_to_charge",
            "tax_zone_unknown", "quantity_invalid", "tax_class_unknown", "discount_invalid", "line_twice", "line_number_invalid", "fee_amount_invalid",
            "points earned", "points spent", "points points_not_taken", "points customer_required", "points below_minimum_points",
            "points nothing_to_discount", "points_invalid",
        ];
        Assert.Empty(wanted.Except(met, StringComparer.Ordinal));
    }

    /// <summary>Where a minimum must be passed instead of reached, or the other way round, only a cart that stands exactly at it tells.</summary>
    [Fact]
    public void The_random_carts_stand_at_the_minima_often_enough_to_tell_reached_from_passed()
    {
        var (amounts, quantities) = (0, 0);
        for (var seed = 0; seed < 1_000; seed++)
        {
            var one = new RandomCase(seed).Next(4);
            Promotion Turned(Promotion rule, bool when) =>
                when ? rule with { Conditions = rule.Conditions with { MoreThanMinimum = !rule.Conditions.MoreThanMinimum } } : rule;
            var byAmount = one.Rules with { Promotions = [.. one.Rules.Promotions.Select(p => Turned(p, p.Conditions.MinimumQuantity is null))] };
            var byQuantity = one.Rules with { Promotions = [.. one.Rules.Promotions.Select(p => Turned(p, p.Conditions.MinimumAmount is null))] };
            foreach (var cart in one.Carts.Select(each => each.Cart))
            {
                if (Pricer.Price(cart, one.Rules).Value is not { } priced) continue;
                if (Json(priced) != Json(cart.Price(byAmount))) amounts++;
                if (Json(priced) != Json(cart.Price(byQuantity))) quantities++;
            }
        }

        Assert.True(amounts >= 10 && quantities >= 10, $"{amounts} carts at an amount, {quantities} at a quantity");
    }

    static string Json<T>(T value) => JsonSerializer.Serialize(value, PricingJson.Options);
}
