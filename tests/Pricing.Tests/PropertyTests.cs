using FsCheck;
using FsCheck.Fluent;

namespace WebWaka.Pricing.Tests;

/// <summary>What holds of every cart. FsCheck prints the seed that breaks one.</summary>
public sealed class PropertyTests
{
    static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(int.MaxValue);

    static void ForAll(Func<Cart, RuleBook, PricedCart, bool> holds) => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var (cart, rules) = new RandomCarts(seed).Next();
            return holds(cart, rules, cart.Price(rules));
        }).Check(Many);

    [Fact]
    public void Lines_and_fees_sum_to_the_document() => ForAll((_, _, priced) =>
        priced.Total == priced.Lines.Sum(l => l.Total) + priced.Fees.Sum(f => f.Total) &&
        priced.Net == priced.Lines.Sum(l => l.Net) &&
        priced.Gross == priced.Lines.Sum(l => l.Gross) &&
        priced.Discount == priced.Lines.Sum(l => l.Discounts.Sum(d => d.Amount)) &&
        priced.Tax == priced.Taxes.Sum(t => t.Amount) &&
        priced.Discount == priced.Applied.Sum(a =>
            a.Amount) + priced.Lines.Sum(l => l.Discounts.Where(d => d.PromotionId is null).Sum(d => d.Amount)));

    [Fact]
    public void Net_and_taxes_are_the_total_and_what_is_listed_is_kept() => ForAll((cart, _, priced) =>
        priced.Lines.All(l => l.Total == l.Net + l.Taxes.Sum(t => t.Amount)) &&
        priced.Fees.All(f => f.Total == f.Net + f.Taxes.Sum(t => t.Amount)) &&
        (priced.TaxExemptionId is not null || priced.Lines.All(l =>
            l.Gross - l.Discounts.Sum(d => d.Amount) == l.Net + l.Taxes.Where(t => t.Included).Sum(t => t.Amount))));

    [Fact]
    public void Nothing_falls_below_zero() => ForAll((_, _, priced) =>
        priced.Lines.All(l =>
            l.Net >= 0 && l.Total >= 0 && l.Discounts.All(d => d.Amount > 0) && l.Discounts.Sum(d => d.Amount) <= l.Gross));

    [Fact]
    public void The_order_of_lines_rules_and_coupons_means_nothing() => ForAll((cart, rules, priced) =>
    {
        var turned = (cart with { Lines = [.. cart.Lines.Reverse()], Coupons = [.. cart.Coupons.Reverse()] })
            .Price(rules with { Promotions = [.. rules.Promotions.Reverse()] });
        return Json(turned with { NotApplied = [] }) == Json(priced with { NotApplied = [] });
    });

    [Fact]
    public void Pricing_twice_gives_one_answer() => ForAll((cart, rules, priced) => Json(cart.Price(rules with { })) == Json(priced));

    [Fact]
    public void A_tax_rounded_on_the_document_is_its_rate_on_the_sum() => ForAll((cart, rules, _) =>
    {
        var plain = cart with { TaxExemption = null, Lines = [.. cart.Lines.Select(l =>
            l with { TaxClass = null, PricesIncludeTax = false })] };
        var priced = plain.Price((rules with { Fees = [], Rounding = new(RoundingLevel.Document) }).WithVat(7.5m));
        return priced.Tax == Rounding.HalfAwayFromZero((Int128)priced.Net * 75, 1_000) &&
            priced.Lines.All(l => Math.Abs(l.Total - l.Net - l.Net * 0.075m) < 1);
    });

    [Fact]
    public void The_random_carts_reach_every_kind_of_rule()
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 0; seed < 1_000; seed++)
        {
            var (cart, rules) = new RandomCarts(seed).Next();
            var priced = cart.Price(rules);
            foreach (var applied in priced.Applied)
            {
                var rule = rules.Promotions.Single(p => p.Id == applied.PromotionId);
                kinds.Add($"{rule.GetType().Name} {rule.Scope}");
                kinds.Add($"{rule.Stacking.Mode}");
                if (applied.CouponCode is not null) kinds.Add("coupon");
            }

            foreach (var reason in priced.NotApplied) kinds.Add(reason.Reason);
            foreach (var tax in priced.Taxes) kinds.Add($"{tax.Code} {tax.Included} {tax.Treatment}");
            foreach (var line in priced.Lines) foreach (var discount in line.Discounts) kinds.Add($"{discount.Source}");
        }

        string[] wanted =
        [
            "PercentOff Line", "PercentOff Group", "PercentOff Order", "AmountOff Line", "AmountOff Group", "AmountOff Order",
                "FixedPrice Line",
            "FixedPrice Group", "FixedPrice Order", "BuyXGetY Line", "Tiered Line", "Tiered Group", "Tiered Order", "Stackable",
                "Exclusive", "Best",
            "coupon", "coupon_required", "coupon_unknown", "not_combinable", "better_promotion", "nothing_to_discount",
                "below_minimum_amount",
            "other_customer_group", "VAT True Taxed", "VAT False Taxed", "TOP False Taxed", "NHIL True Taxed", "EXEMPT False Exempt",
            "VAT True ZeroRated", "ManualLine", "ManualOrder", "Promotion",
        ];
        Assert.Empty(wanted.Except(kinds, StringComparer.Ordinal));
    }

    [Fact]
    public void A_cart_and_its_rules_survive_json() => ForAll((cart, rules, priced) =>
        Json(Back(cart).Price(Back(rules))) == Json(priced) && Json(Back(priced)) == Json(priced));

    [Fact]
    public void The_best_of_a_group_is_never_worse_than_one_of_them_alone() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var (cart, rules) = new RandomCarts(seed).Next();
            var best = rules.Promotions.Select(p => p with { Stacking = new(StackingMode.Best), Coupon = null,
                Conditions = new() }).ToArray();
            var plain = cart with { OrderDiscount = null };
            var together = plain.Price(rules with { Promotions = best }).Discount;
            return best.All(one => together >= plain.Price(rules with { Promotions = [one] }).Discount);
        }).Check(Many);

    static string Json<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value, PricingJson.Options);

    static T Back<T>(T value) => System.Text.Json.JsonSerializer.Deserialize<T>(Json(value), PricingJson.Options)!;
}
