using System.Text.Json;

namespace WebWaka.Pricing.Tests;

/// <summary>vectors/pos.json: single taxes, cash and proration. Documents, promotions and refunds have files of their own.</summary>
public sealed class PosVectorTests
{
    public static TheoryData<string> Taxes => Vectors.Ids(Vectors.Pos, "tax");

    public static TheoryData<string> Cash => Vectors.Ids(Vectors.Pos, "cash");

    public static TheoryData<string> Prorations => Vectors.Ids(Vectors.Pos, "proration");

    [Theory]
    [MemberData(nameof(Taxes))]
    public void Taxes_in_order_come_out_as_elsewhere(string id)
    {
        var input = Vectors.Pos[id].GetProperty("input");
        var expected = Vectors.Pos[id].GetProperty("expected");
        // "Global" figures are unrounded and given to six decimals: priced in units of 10^-8, compared at 10^-6.
        var perLine = input.Text("rounding_scope") == "per_line";
        var exponent = perLine ? 2 : 8;
        var taxes = input.GetProperty("taxes_in_order").EnumerateArray().ToArray();
        var rules = new RuleBook
        {
            DefaultTaxClass = "t",
            TaxClasses = [Make.Class("t", [.. taxes.Select((tax, i) => Component(taxes, i, exponent))])],
            Rounding = new(Step: perLine ? input.GetProperty("currency_step").Minor() : 1),
        };
        var priced = Make.Cart(Make.Line(1, input.Text("unit_price")!.MinorExact(exponent), input.Number("quantity"))).Price(rules);
        Same(expected, "total_excluded", priced.Net);
        Same(expected, "total_included", priced.Total);
        foreach (var (tax, i) in expected.GetProperty("taxes").EnumerateArray().Select((tax, i) => (tax, i)))
        {
            var actual = priced.Lines[0].Taxes.Single(t => t.Code == $"T{i}");
            Same(tax, "base", actual.Base);
            Same(tax, "amount", actual.Amount);
        }

        void Same(JsonElement figures, string member, long actual) => Assert.Equal(
            figures.GetProperty(member).Minor(perLine ? 2 : 6), perLine ? actual : Rounding.HalfAwayFromZero(actual, 100));
    }

    [Theory]
    [MemberData(nameof(Cash))]
    public void Cash_is_rounded_as_elsewhere(string id)
    {
        var input = Vectors.Pos[id].GetProperty("input");
        var expected = Vectors.Pos[id].GetProperty("expected");
        if (input.TryGetProperty("values", out var values)) Table(input, values, expected);
        else if (input.TryGetProperty("orders", out var orders)) Day(orders, expected);
        else Sale(input, expected);
    }

    [Theory]
    [MemberData(nameof(Prorations))]
    public void A_split_comes_out_as_elsewhere(string id)
    {
        var input = Vectors.Pos[id].GetProperty("input");
        var expected = Vectors.Pos[id].GetProperty("expected");
        if (input.TryGetProperty("weights", out var weights))
        {
            var parts = Make.Split(input.GetProperty("total_minor_units").Minor(0), [.. weights.EnumerateArray().Select(w =>
                w.Minor(0))]);
            Assert.Equal(expected.GetProperty("parts").EnumerateArray().Select(p => p.Minor(0)), parts);
            return;
        }

        var discount = input.GetProperty("discount");
        var by = discount.Text("type") == "FIXED"
            ? new ManualDiscount { Amount = discount.GetProperty("value").Minor() }
            : new ManualDiscount { Percent = discount.Number("value") };
        var cart = Make.Cart(Make.Line(1, input.GetProperty("goods").Minor()), Make.Line(2, input.GetProperty("delivery").Minor()));
        var priced = (cart with { OrderDiscount = by }).Price(Make.Rules());
        Assert.Equal(
            [expected.GetProperty("goods_part").Minor(), expected.GetProperty("delivery_part").Minor()],
            priced.Lines.Select(line => line.Discounts.Sum(d => d.Amount)));
    }

    static TaxComponent Component(JsonElement[] taxes, int at, int exponent)
    {
        var tax = taxes[at];
        var perUnit = tax.Text("amount_per_unit");
        return new()
        {
            Code = $"T{at}",
            Kind = perUnit is null ? TaxKind.Percent : TaxKind.FixedPerUnit,
            Rate = perUnit is null ? tax.Number("rate_percent") : 0,
            AmountPerUnit = perUnit?.MinorExact(exponent) ?? 0,
            Included = tax.GetProperty("price_included").GetBoolean(),
            OnTopOf = tax.GetProperty("base_affected_by_previous").GetBoolean()
                ? [.. Enumerable.Range(0, at).Where(i => taxes[i].GetProperty("affects_base_of_next").GetBoolean()).Select(i => $"T{i}")]
                : [],
        };
    }

    static void Sale(JsonElement input, JsonElement expected)
    {
        var due = input.Text("due")?.Minor() ?? Make.Cart(Make.Line(1, 1367)).Price(Make.Rules().WithVat(15)).Total;
        Assert.Equal(input.Text("total")?.Minor() ?? due, due);
        CashRounding? rounding = input.Text("step") is { } step
            ? new("ZAR", step.Minor(), Mode(input.Text("mode")!), input.Text("applies_to") == "all" ? RoundedTenders.All : RoundedTenders.Cash)
            : null;
        var left = due;
        var tenders = new List<Tender>();
        foreach (var payment in input.GetProperty("payments").EnumerateArray())
        {
            var (method, amount) = (payment.Text("method")!, payment.Text("amount")!);
            var payable = method == "cash" || rounding?.AppliesTo == RoundedTenders.All ? Tenders.CashDue(left, rounding) : left;
            var given = amount == "remaining" ? payable : amount.Minor();
            tenders.Add(given > payable && method == "cash" ? new(method, payable, given) : new(method, given));
            left -= given;
        }

        var settled = Make.Settle(due, "ZAR", rounding, [.. tenders]);
        Assert.Equal(expected.Text("change")?.Minor() ?? 0, settled.Change);
        Assert.Equal(expected.Text("rounding_adjustment")?.Minor() ?? 0, settled.Rounding);
        if ((expected.Text("payment_amount") ?? expected.Text("cash_amount")) is { } last) Assert.Equal(last.Minor(), tenders[^1].Amount);
        if (expected.Text("total_due") is { } all) Assert.Equal(all.Minor(), settled.Due);
        if (expected.Text("paid") is { } paid) Assert.Equal(paid.Minor(), settled.Paid);
    }

    static void Day(JsonElement orders, JsonElement expected)
    {
        var sum = 0L;
        foreach (var order in orders.EnumerateArray())
        {
            var line = Make.Line(1, order.GetProperty("gross").Minor());
            if (order.Text("discount_percent") is not null)
                line = line with { Discount = new() { Percent = order.Number("discount_percent") } };
            sum += Make.Settle(Make.Cart(line).Price(Make.Rules()).Total, "ZAR", null, new Tender("cash",
                order.GetProperty("paid_cash").Minor())).Paid;
        }

        Assert.Equal(expected.GetProperty("closing_total").Minor(), sum);
    }

    static void Table(JsonElement input, JsonElement values, JsonElement expected)
    {
        var rounding = new CashRounding("ZAR", input.GetProperty("step").Minor(), Mode(input.Text("mode")!));
        Assert.Equal(
            expected.GetProperty("rounded").EnumerateArray().Select(r => r.Minor()),
            values.EnumerateArray().Select(v => Tenders.CashDue(Rounding.HalfAwayFromZero(v.Minor(6), 10_000), rounding)));
    }

    static RoundingMode Mode(string mode) => mode.Split(' ')[0] switch
    {
        "HALF_UP" => RoundingMode.HalfAwayFromZero,
        "HALF_DOWN" => RoundingMode.HalfTowardZero,
        "UP" => RoundingMode.AwayFromZero,
        "DOWN" => RoundingMode.TowardZero,
        _ => throw new FormatException(mode),
    };
}
