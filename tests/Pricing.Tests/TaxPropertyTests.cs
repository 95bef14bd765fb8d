using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace WebWaka.Pricing.Tests;

/// <summary>What holds of every tax: its twin is web/src/pricing/taxProperties.test.ts.</summary>
public sealed class TaxPropertyTests
{
    static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(int.MaxValue);

    static readonly decimal[] Rates = [7.5m, 15, 20, 9.975m, 0.5m, 12.345678m];

    static void ForAll(Func<Random, bool> holds) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => holds(new Random(seed))).Check(Many);

    static RuleBook Stacked(Random random) => Make.Rules() with
    {
        PricesIncludeTax = true,
        DefaultTaxClass = "t",
        TaxClasses =
        [
            Make.Class("t", Make.Vat(Pick(random), "A"), Make.Vat(Pick(random), "B") with { OnTopOf = random.Next(2) == 0 ? ["A"] : [] }),
        ],
    };

    static decimal Pick(Random random) => Rates[random.Next(Rates.Length)];

    static PricedCart At(long price, RuleBook rules, decimal quantity = 1) => Pricer.Price(Make.Cart(Make.Line(1, price, quantity)), rules).Must();

    [Fact]
    public void A_dearer_price_never_has_less_tax_in_it() => ForAll(random =>
    {
        var (rules, price) = (Stacked(random), random.Next(0, 1_000_000));
        var (low, high) = (At(price, rules), At(price + random.Next(0, 200), rules));
        return low.Total <= high.Total && low.Lines[0].Taxes.Zip(high.Lines[0].Taxes).All(pair => pair.First.Amount <= pair.Second.Amount);
    });

    [Fact]
    public void With_one_tax_in_it_a_dearer_price_never_has_a_lower_net() => ForAll(random =>
    {
        var (rules, price) = (Make.Rules().WithVat(Pick(random), included: true), random.Next(0, 1_000_000));
        return At(price, rules).Net <= At(price + random.Next(0, 200), rules).Net;
    });

    [Fact]
    public void A_quantity_rung_up_one_by_one_moves_the_tax_by_half_a_unit_each_at_most() => ForAll(random =>
    {
        var (rules, price, n) = (Make.Rules().WithVat(Pick(random), included: random.Next(2) == 0), random.Next(1, 100_000), random.Next(1, 30));
        var single = Pricer.Price(Make.Cart([.. Enumerable.Range(1, n).Select(i => Make.Line(i, price))]), rules).Must();
        return 2 * Math.Abs(single.Tax - At(price, rules, n).Tax) <= n;
    });

    [Fact]
    public void A_certificate_for_all_taxes_leaves_the_net_and_no_tax() => ForAll(random =>
    {
        var (rules, price) = (Stacked(random), random.Next(0, 1_000_000));
        var cart = Make.Cart(Make.Line(1, price));
        var free = Pricer.Price(cart with { TaxExemption = new("C", new DateTime(2026, 1, 1)) }, rules).Must();
        return free.Tax == 0 && free.Total == Pricer.Price(cart, rules).Must().Net;
    });

    [Fact]
    public void The_certificate_that_is_found_is_valid_and_none_is_better()
    {
        ForAll(random =>
        {
            var customer = Make.Id(7);
            var papers = Enumerable.Range(0, random.Next(0, 5)).Select(i => new CustomerExemption(
                random.Next(3) == 0 ? Make.Id(8) : customer,
                new($"C{random.Next(3)}", new DateTime(2026, 1, random.Next(1, 20)), random.Next(2) == 0 ? null : new DateTime(2026, 1, random.Next(20, 28)),
                    random.Next(2) == 0 ? null : ["VAT"]))).ToArray();
            var at = new DateTime(2026, 1, random.Next(1, 28));
            var best = papers.Where(p => p.CustomerId == customer).Select(p => p.Certificate).Where(p => p.ValidFrom <= at && !(p.ValidTo <= at))
                .OrderBy(p => p.Taxes is null ? 0 : 1).ThenByDescending(p => p.ValidFrom).ThenBy(p => p.CertificateId, StringComparer.Ordinal).FirstOrDefault();
            var found = new RuleBook { Exemptions = papers }.ExemptionOf(customer, at);
            return (found?.CertificateId, found?.ValidFrom, found?.Taxes is null) == (best?.CertificateId, best?.ValidFrom, best?.Taxes is null);
        });
    }

    [Fact]
    public void Where_a_zone_is_needed_a_class_without_a_tax_there_is_refused_and_one_that_is_out_of_scope_is_not()
    {
        var rules = Make.Rules() with
        {
            ZonesRequired = true,
            DefaultTaxClass = "t",
            TaxClasses =
            [
                Make.Class("t", Make.Vat(5) with { Zones = ["a"] }), Make.Class("gift", new TaxComponent { Code = "T", Treatment = TaxTreatment.OutOfScope }),
            ],
            Zones = [new("a", [Make.Store]), new("b", [])],
            Fees = [new() { Code = "BAG", Amount = 5, InTaxBase = true, Items = new() { Tags = ["bag"] } }],
        };
        var (cart, gift) = (Make.Cart(Make.Line(1, 100)), Make.Cart(Make.Line(1, 100, taxClass: "gift")));
        Assert.Equal(105, Pricer.Price(cart, rules).Must().Total);
        Assert.Equal("tax_zone_required", (cart with { Zones = [] }).Refused(rules));
        Assert.Equal("tax_zone_required", (cart with { Zones = ["b"] }).Refused(rules));
        Assert.Equal(100, Pricer.Price(gift with { Zones = [] }, rules).Must().Total);
        var bagged = gift with { Zones = [], Lines = [gift.Lines[0] with { Tags = ["bag"] }] };
        Assert.Equal("tax_zone_required", bagged.Refused(rules));
        Assert.Equal("priced", (cart with { Zones = [] }).Refused(rules with { ZonesRequired = false }));
    }

    [Fact]
    public void Skipped_charges_alone_are_named_without_the_promotions()
    {
        var rules = Make.Rules(new PercentOff { Id = Make.Id(1), Name = "wine", Percent = 5, Items = new() { Tags = ["wine"] } }).WithVat(5) with
        {
            Fees = [new() { Code = "TIP", Kind = FeeKind.Open, Automatic = false }],
        };
        var cart = Make.Cart(Make.Line(1, 100));
        var priced = Pricer.Price(cart, rules, skipped: true).Must();
        Assert.Equal("fees/TIP not_chosen", $"{Assert.Single(priced.Skipped!).Rule} {priced.Skipped![0].Reason}");
        Assert.Empty(priced.NotApplied);
        Assert.Null(Pricer.Price(cart, rules).Must().Skipped);
        Assert.Single(Pricer.Price(cart, rules, everyRule: true).Must().NotApplied);
    }

    [Fact]
    public void A_fee_says_its_rate_or_what_it_takes_for_each_unit()
    {
        var rules = Make.Rules() with
        {
            Fees =
            [
                new() { Code = "BAG", Amount = 2.5m }, new() { Code = "SERVICE", Kind = FeeKind.Percent, Rate = 10 },
                new() { Code = "DOC", Kind = FeeKind.FixedPerDocument, Amount = 7 },
            ],
        };
        var fees = Pricer.Price(Make.Cart(Make.Line(1, 100, 4)), rules).Must().Fees;
        Assert.Equal(["- 2.5 4", "10 - -", "- - -"], fees.Select(fee => $"{Shown(fee.Rate)} {Shown(fee.PerUnit)} {Shown(fee.Quantity)}"));
    }

    static string Shown(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
