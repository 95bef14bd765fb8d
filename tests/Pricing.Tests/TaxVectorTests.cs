using System.Globalization;
using System.Text.Json;

namespace WebWaka.Pricing.Tests;

/// <summary>vectors/tax.json, whole.</summary>
public sealed class TaxVectorTests
{
    public static TheoryData<string> All => Vectors.Ids(Vectors.Tax);

    [Fact]
    public void There_are_forty_seven_and_none_is_left_out() => Assert.Equal(47, All.Count);

    [Theory]
    [MemberData(nameof(All))]
    public void A_tax_vector_comes_out_to_the_minor_unit(string id)
    {
        var vector = Vectors.Tax[id];
        var input = vector.GetProperty("input");
        var exponent = vector.GetProperty("minorUnits").GetInt32();
        if (input.TryGetProperty("original", out var original))
        {
            Refunds_in_turn(original, vector.GetProperty("expected"));
            return;
        }

        var (cart, rules) = Read(vector, input, exponent);
        var priced = cart.Price(rules);
        var expected = vector.GetProperty("expected");
        if (expected.TryGetProperty("lines", out var lines)) CheckLines(lines, cart, priced, exponent);
        CheckTotals(expected.GetProperty("totals"), vector.GetProperty("policy"), cart.Currency, priced, exponent);
    }

    [Fact]
    public void A_refund_long_after_uses_the_original_taxes_as_GH_08_has_it()
    {
        var vector = Vectors.Tax["GH-08"];
        var (cart, rules) = Read(vector, vector.GetProperty("input"), 2);
        var sold = (cart with { Lines = [cart.Lines[0] with { Quantity = 1, IsReturn = false }] }).Price(rules);
        var refund = Make.Refund(sold, [], new RefundRequest(1, 1));
        var totals = vector.GetProperty("expected").GetProperty("totals");
        Assert.Equal(totals.GetProperty("gross").Minor(), refund.Total);
        foreach (var tax in totals.GetProperty("taxByCode").EnumerateObject())
            Assert.Equal(tax.Value.Minor(), refund.Taxes.Single(t => t.Code == tax.Name).Amount);
    }

    static void Refunds_in_turn(JsonElement original, JsonElement expected)
    {
        var sold = Make.Cart(Make.Line(1, 333.3333m, original.Number("qty"))).Price(Make.Rules().WithVat(original.Number("rate"),
            included: true));
        Assert.Equal(original.GetProperty("gross").Minor(), sold.Total);
        Assert.Equal(original.GetProperty("tax").Minor(), sold.Tax);
        var earlier = new List<RefundedLine>();
        foreach (var part in expected.GetProperty("refunds").EnumerateArray())
        {
            var refund = Make.Refund(sold, [.. earlier], new RefundRequest(1, 1));
            Assert.Equal((-part.GetProperty("gross").Minor(), -part.GetProperty("tax").Minor()), (refund.Total, refund.Tax));
            earlier.Add(new(1, 1, -refund.Total));
        }

        Assert.Equal(expected.GetProperty("sum").GetProperty("gross").Minor(), earlier.Sum(line => line.Total));
    }

    static (Cart Cart, RuleBook Rules) Read(JsonElement vector, JsonElement input, int exponent)
    {
        var policy = vector.GetProperty("policy");
        var lines = input.GetProperty("lines").EnumerateArray().ToArray();
        var at = lines[0].Text("originalTaxPoint") ?? vector.GetProperty("taxPointLocal").GetString()!;
        // XXX is ISO's "no currency"; any with two decimals stands in for it.
        var currency = vector.GetProperty("currency").GetString() is "XXX" ? "CHF" : vector.GetProperty("currency").GetString()!;
        var cart = Make.Cart([.. lines.Select((line, i) =>
            Make.Line(i + 1, line.Text("unitPrice")!.MinorExact(exponent), line.Number("qty"), taxClass: $"{i}"))]);
        cart = cart with { Currency = currency, At = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal) };
        if (input.Text("orderDiscount") is { } discount) cart = cart with { OrderDiscount = new() { Amount = discount.Minor(exponent) } };
        if (input.TryGetProperty("customer", out var customer)) cart = cart with { TaxExemption = Certificate(customer) };
        return (cart, new RuleBook
        {
            PricesIncludeTax = policy.Text("priceMode") == "INCLUSIVE",
            TaxClasses = [.. lines.Select((line, i) => Make.Class($"{i}", [.. Components(line, exponent)]))],
            Rounding = new(
                policy.Text("roundingLevel") == "LINE" ? RoundingLevel.Line : RoundingLevel.Document,
                Mode(policy.Text("roundingMode")),
                policy.Text("compoundBase") == "EXACT" ? CompoundBase.Exact : CompoundBase.Rounded,
                policy.Text("roundingIncrement")?.Minor(exponent) ?? 1),
        });
    }

    static TaxExemption Certificate(JsonElement customer)
    {
        var paper = customer.GetProperty("exemptionCertificate");
        var from = DateTime.Parse(paper.Text("validFrom")!, CultureInfo.InvariantCulture);
        return new(paper.Text("id")!, from, DateTime.Parse(paper.Text("validTo")!, CultureInfo.InvariantCulture));
    }

    static IEnumerable<TaxComponent> Components(JsonElement line, int exponent)
    {
        // The certificate is for the tax that the shelf price has in it: "VAT 7.5%".
        if (line.Text("shelfPriceInclusiveOf")?.Split(' ', '%') is [var shelf, var percent, ..])
        {
            yield return Make.Vat(decimal.Parse(percent, CultureInfo.InvariantCulture), shelf);
            yield break;
        }

        foreach (var tax in line.GetProperty("taxes").EnumerateArray())
        {
            var fixedPerUnit = tax.Text("fixedPerUnit");
            yield return new()
            {
                Code = tax.Text("code")!,
                Kind = fixedPerUnit is null ? TaxKind.Percent : TaxKind.FixedPerUnit,
                Rate = fixedPerUnit is null ? tax.Number("rate") : 0,
                AmountPerUnit = fixedPerUnit?.MinorExact(exponent) ?? 0,
                OnTopOf = tax.TryGetProperty("onTopOf", out var below) ? [.. below.EnumerateArray().Select(b => b.GetString()!)] : [],
            };
        }
    }

    static RoundingMode Mode(string? mode) => mode switch
    {
        "HALF_UP" => RoundingMode.HalfAwayFromZero,
        "HALF_EVEN" => RoundingMode.HalfEven,
        "HALF_DOWN" => RoundingMode.HalfTowardZero,
        "DOWN" => RoundingMode.TowardZero,
        _ => throw new FormatException(mode),
    };

    static void CheckLines(JsonElement expected, Cart cart, PricedCart priced, int exponent)
    {
        Assert.Equal(cart.Lines.Length, expected.GetArrayLength());
        foreach (var (line, at) in expected.EnumerateArray().Select((line, i) => (line, i)))
        {
            var actual = priced.Lines[at];
            var taken = actual.Discounts.Sum(d => d.Amount);
            if (line.Text("lineAmount") is { } amount) Assert.Equal(amount.Minor(exponent), actual.Gross - taken);
            if (line.Text("orderDiscountShare") is { } share) Assert.Equal(share.Minor(exponent), taken);
            if (line.Text("net") is not { } net) continue;
            Assert.Equal((net.Minor(exponent), line.Text("gross")!.Minor(exponent)), (actual.Net, actual.Total));
            foreach (var tax in line.GetProperty("tax").EnumerateObject())
                Assert.Equal(tax.Value.Minor(exponent), actual.Taxes.Single(t => t.Code == tax.Name).Amount);
        }
    }

    static void CheckTotals(JsonElement totals, JsonElement policy, string currency, PricedCart priced, int exponent)
    {
        Assert.Equal(totals.GetProperty("net").Minor(exponent), priced.Net);
        Assert.Equal(totals.GetProperty("taxTotal").Minor(exponent), priced.Tax);
        Assert.Equal(totals.GetProperty("gross").Minor(exponent), priced.Total);
        foreach (var tax in totals.GetProperty("taxByCode").EnumerateObject())
            Assert.Equal(tax.Value.Minor(exponent), priced.Taxes.Where(t => t.Code == tax.Name).Sum(t => t.Amount));
        if (!policy.TryGetProperty("cashRounding", out var cash)) return;
        var rounding = new CashRounding(currency, cash.GetProperty("increment").Minor(exponent), Mode(cash.Text("mode")));
        var due = totals.GetProperty("payableCash").Minor(exponent);
        var settled = Make.Settle(priced.Total, currency, rounding, new Tender("cash", due));
        Assert.Equal((totals.GetProperty("cashRounding").Minor(exponent), due), (settled.Rounding, settled.Due));
        Assert.Equal(0, Make.Settle(priced.Total, currency, rounding, new Tender("card", priced.Total)).Rounding);
    }
}
