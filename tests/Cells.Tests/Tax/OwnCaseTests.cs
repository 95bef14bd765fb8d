using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Tax;

/// <summary>
/// Cases of the kinds of the worked ones with other numbers, through the door. What is expected is worked out here, by fractions
/// and by the formula of the kind, without a line of the product.
/// </summary>
public sealed class OwnCaseTests(CellsFixture cells)
{
    private async Task<JsonNode> Calculate(object request) => await new Shop(cells).Client("tax").Post("/api/tax/calculate", request).Is(200);

    private static object Tax(string code, string rate, params string[] onTopOf) => new { code, rate, onTopOf };

    private static long[] Amounts(JsonNode line) => [.. line["taxes"]!.AsArray().Select(tax => (long)tax!["amount"]!)];

    private static void Adds(JsonNode document)
    {
        foreach (var line in document["lines"]!.AsArray())
            Assert.Equal((long)line!["total"]!, (long)line["net"]! + Amounts(line).Sum());
        Assert.Equal(
            (long)document["total"]!,
            document["lines"]!.AsArray().Sum(l => (long)l!["total"]!) + document["fees"]!.AsArray().Sum(fee => (long)fee!["total"]!));
    }

    [Theory]
    [InlineData("NGN", "7.5", "333.3333", "3", "halfAwayFromZero")]
    [InlineData("NGN", "7.5", "20", "1", "halfAwayFromZero")]
    [InlineData("NGN", "7.5", "20", "1", "halfEven")]
    [InlineData("NGN", "7.5", "60", "1", "halfEven")]
    [InlineData("NGN", "7.5", "20", "1", "halfTowardZero")]
    [InlineData("ZAR", "15", "4999", "1.253", "halfAwayFromZero")]
    [InlineData("XOF", "18", "1250", "0.5", "halfAwayFromZero")]
    [InlineData("TND", "19", "12345", "7.77777", "halfAwayFromZero")]
    [InlineData("BHD", "0.123456", "999999", "1", "halfAwayFromZero")]
    [InlineData("JPY", "10", "995", "1", "awayFromZero")]
    [InlineData("CAD", "9.975", "200", "1", "towardZero")]
    [InlineData("USD", "1000", "1", "1", "halfAwayFromZero")]
    public async Task A_tax_on_top_is_its_rate_on_the_rounded_line(string currency, string rate, string unitPrice, string quantity, string mode)
    {
        var answer = await Calculate(new
        {
            currency, rounding = new { mode }, lines = new[] { new { quantity, unitPrice, taxes = new[] { Tax("T", rate) } } },
        });
        var net = (Exact.Of(unitPrice) * Exact.Of(quantity)).Round(mode);
        var tax = (net * Exact.Of(rate).Percent).Round(mode);
        Assert.Equal((net, tax, net + tax), ((long)answer["net"]!, (long)answer["tax"]!, (long)answer["total"]!));
    }

    [Theory]
    [InlineData("NGN", 1075, "7.5")]
    [InlineData("NGN", 1, "7.5")]
    [InlineData("KES", 9999, "16")]
    [InlineData("XOF", 1, "18")]
    [InlineData("EUR", 230, "19")]
    [InlineData("GBP", 599, "20")]
    [InlineData("TND", 1_000_001, "19")]
    [InlineData("INR", 10_000, "9 9")]
    [InlineData("INR", 9_999, "14 14 12")]
    [InlineData("CAD", 11_498, "5 9.975")]
    [InlineData("USD", 21_775, "4 4.5 0.375")]
    public async Task Taxes_in_a_price_are_each_their_share_of_it_and_the_net_is_what_is_left(string currency, long gross, string rates)
    {
        var parts = rates.Split(' ');
        var answer = await Calculate(new
        {
            currency, pricesIncludeTax = true,
            lines = new[] { new { quantity = "1", unitPrice = $"{gross}", taxes = parts.Select((rate, i) => Tax($"T{i}", rate)) } },
        });
        Exact all = 100;
        foreach (var rate in parts)
            all += Exact.Of(rate);
        long[] expected = [.. parts.Select(rate => (gross * Exact.Of(rate) / all).Round())];
        Assert.Equal(expected, Amounts(answer["lines"]![0]!));
        Assert.Equal((gross - expected.Sum(), gross), ((long)answer["net"]!, (long)answer["total"]!));
    }

    [Theory]
    [InlineData(1333, "2.5", "15", "rounded")]
    [InlineData(1333, "2.5", "15", "exact")]
    [InlineData(59, "6", "22", "rounded")]
    [InlineData(59, "6", "22", "exact")]
    [InlineData(-1333, "2.5", "15", "rounded")]
    [InlineData(7, "33.333333", "66.666667", "exact")]
    public async Task A_tax_on_a_tax_stands_on_the_rounded_or_the_exact_one(long net, string below, string above, string compoundBase)
    {
        var answer = await Calculate(new
        {
            currency = "GHS", rounding = new { compoundBase },
            lines = new[] { new { quantity = net < 0 ? "-1" : "1", unitPrice = $"{Math.Abs(net)}", taxes = new[] { Tax("B", below), Tax("A", above, "B") } } },
        });
        var exact = net * Exact.Of(below).Percent;
        var under = exact.Round();
        var over = ((compoundBase == "exact" ? net + exact : net + under) * Exact.Of(above).Percent).Round();
        Assert.Equal([under, over], Amounts(answer["lines"]![0]!));
        Assert.Equal(net + under + over, (long)answer["total"]!);
    }

    [Theory]
    [InlineData(1_219, "2.5 2.5 1", "15")]
    [InlineData(99_999, "2.5 2.5 1", "12.5")]
    [InlineData(1, "10", "10")]
    [InlineData(-5_000, "4", "22")]
    public async Task Taxes_on_taxes_in_a_price_are_taken_out_by_their_factors(long gross, string levies, string above)
    {
        var below = levies.Split(' ');
        string[] codes = [.. below.Select((_, i) => $"L{i}")];
        var answer = await Calculate(new
        {
            currency = "GHS", pricesIncludeTax = true,
            lines = new[]
            {
                new
                {
                    quantity = gross < 0 ? "-1" : "1", unitPrice = $"{Math.Abs(gross)}",
                    taxes = below.Select((rate, i) => Tax(codes[i], rate)).Append(Tax("V", above, codes)),
                },
            },
        });
        Exact sum = 0;
        foreach (var rate in below)
            sum += Exact.Of(rate).Percent;
        var vat = Exact.Of(above).Percent * (1 + sum);
        long[] expected = [.. below.Select(rate => (gross * Exact.Of(rate).Percent / (1 + sum + vat)).Round()), (gross * vat / (1 + sum + vat)).Round()];
        Assert.Equal(expected, Amounts(answer["lines"]![0]!));
        Assert.Equal((gross, gross - expected.Sum()), ((long)answer["total"]!, (long)answer["net"]!));
    }

    [Theory]
    [InlineData("3", "1000", "12.5", true)]
    [InlineData("3", "1000", "12.5", false)]
    [InlineData("0.75", "333.3333", "100", true)]
    [InlineData("-2", "50", "7.7777", true)]
    public async Task A_levy_for_each_unit_stands_inside_the_tax_base_or_outside(string quantity, string unitPrice, string each, bool inside)
    {
        var answer = await Calculate(new
        {
            currency = "BRL",
            lines = new[]
            {
                new
                {
                    quantity, unitPrice,
                    taxes = new object[]
                    {
                        new { code = "LEVY", kind = "fixedPerUnit", amountPerUnit = each },
                        Tax("VAT", "18", inside ? ["LEVY"] : []),
                    },
                },
            },
        });
        var net = (Exact.Of(quantity) * Exact.Of(unitPrice)).Round();
        var levy = (Exact.Of(quantity) * Exact.Of(each)).Round();
        var vat = ((inside ? net + levy : net) * Exact.Of("18").Percent).Round();
        Assert.Equal([levy, vat], Amounts(answer["lines"]![0]!));
        Assert.Equal(net + levy + vat, (long)answer["total"]!);
    }

    [Theory]
    [InlineData(10_000, "5 1.65 7.6", false)]
    [InlineData(10_000, "5 1.65 7.6", true)]
    [InlineData(333, "18", false)]
    [InlineData(1, "12 3", true)]
    public async Task Shares_of_the_price_that_holds_them_are_divided_out_together(long listed, string shares, bool included)
    {
        var rates = shares.Split(' ');
        var answer = await Calculate(new
        {
            currency = "BRL", pricesIncludeTax = included,
            lines = new[]
            {
                new { quantity = "1", unitPrice = $"{listed}", taxes = rates.Select((rate, i) => new { code = $"D{i}", kind = "division", rate }) },
            },
        });
        Exact left = 1;
        foreach (var rate in rates)
            left -= Exact.Of(rate).Percent;
        long[] expected = [.. rates.Select(rate => (included ? listed * Exact.Of(rate).Percent : listed * Exact.Of(rate).Percent / left).Round())];
        Assert.Equal(expected, Amounts(answer["lines"]![0]!));
        Assert.Equal(included ? listed : listed + expected.Sum(), (long)answer["total"]!);
    }

    [Theory]
    [InlineData("7.5", "33 33 33", false)]
    [InlineData("8.25", "150 150 150", false)]
    [InlineData("7.7", "1005 995 333", true)]
    [InlineData("19", "1 1 1 1 1 1 1", true)]
    [InlineData("8.1", "1297 -1297 500", false)]
    public async Task A_tax_rounded_on_the_document_is_its_rate_on_the_sum(string rate, string prices, bool included)
    {
        var lines = prices.Split(' ').Select(long.Parse).ToArray();
        object At(string level) => new
        {
            currency = "CHF", pricesIncludeTax = included, rounding = new { level },
            lines = lines.Select(price => new { quantity = price < 0 ? "-1" : "1", unitPrice = $"{Math.Abs(price)}", taxes = new[] { Tax("T", rate) } }),
        };
        Exact ExactOf(long price) => included ? price * Exact.Of(rate) / (100 + Exact.Of(rate)) : price * Exact.Of(rate).Percent;
        var (byLine, byDocument) = (await Calculate(At("line")), await Calculate(At("document")));
        Assert.Equal(lines.Sum(price => ExactOf(price).Round()), (long)byLine["tax"]!);
        Assert.Equal(ExactOf(lines.Sum()).Round(), (long)byDocument["tax"]!);
        Adds(byLine);
        Adds(byDocument);
    }

    [Theory]
    [InlineData("10 10 10", 10)]
    [InlineData("10000 5000", 1000)]
    [InlineData("999 1 500", 777)]
    [InlineData("5 5", 10)]
    public async Task An_order_discount_is_split_by_largest_remainder_before_tax(string prices, long amount)
    {
        var listed = prices.Split(' ').Select(long.Parse).ToArray();
        var answer = await Calculate(new
        {
            currency = "EUR", pricesIncludeTax = true, orderDiscount = new { amount },
            lines = listed.Select(price => new { quantity = "1", unitPrice = $"{price}", taxes = new[] { Tax("T", "19") } }),
        });
        var sum = listed.Sum();
        long[] shares = [.. listed.Select(price => amount * price / sum)];
        foreach (var i in Enumerable.Range(0, listed.Length).OrderByDescending(i => amount * listed[i] % sum).ThenBy(i => i).Take((int)(amount - shares.Sum())))
            shares[i]++;
        for (var i = 0; i < listed.Length; i++)
        {
            var line = answer["lines"]![i]!;
            Assert.Equal((shares[i], listed[i] - shares[i]), ((long)line["discount"]!, (long)line["total"]!));
            Assert.Equal([((listed[i] - shares[i]) * Exact.Of("19") / 119).Round()], Amounts(line));
        }
    }

    [Theory]
    [InlineData("CHF", 1_697, 5, "halfAwayFromZero")]
    [InlineData("NZD", 1_005, 10, "halfTowardZero")]
    [InlineData("NZD", 1_005, 10, "halfAwayFromZero")]
    [InlineData("ZAR", 1_999, 10, "towardZero")]
    [InlineData("SEK", -1_250, 100, "halfAwayFromZero")]
    [InlineData("SEK", 1_250, 100, "halfEven")]
    public async Task Cash_is_rounded_to_coins_and_the_tax_is_not(string currency, long total, long step, string mode)
    {
        var answer = await Calculate(new
        {
            currency, pricesIncludeTax = true, cashRounding = new { currency, step, mode },
            lines = new[] { new { quantity = total < 0 ? "-1" : "1", unitPrice = $"{Math.Abs(total)}", taxes = new[] { Tax("T", "8.1") } } },
        });
        var due = (total / (Exact)step).Round(mode) * step;
        Assert.Equal((total, due, due - total), ((long)answer["total"]!, (long)answer["cash"]!["due"]!, (long)answer["cash"]!["rounding"]!));
        Assert.Equal((total * Exact.Of("8.1") / (100 + Exact.Of("8.1"))).Round(), (long)answer["tax"]!);
    }

    [Theory]
    [InlineData("2026-06-15T12:00:00+01:00", 1_000, 0)]
    [InlineData("2025-12-31T23:59:59+01:00", 1_075, 75)]
    [InlineData("2027-01-01T00:00:00+01:00", 1_075, 75)]
    public async Task A_certificate_takes_the_tax_out_of_the_price_between_its_dates(string at, long total, long tax)
    {
        var answer = await Calculate(new
        {
            currency = "NGN", at, pricesIncludeTax = true,
            exemption = new { certificateId = "DIP-9", validFrom = "2026-01-01T00:00:00", validTo = "2027-01-01T00:00:00" },
            lines = new object[]
            {
                new { quantity = "1", unitPrice = "1075", taxes = new[] { Tax("VAT", "7.5") } },
                new { quantity = "1", unitPrice = "500", taxes = new[] { new { code = "VAT", treatment = "zeroRated" } } },
                new { quantity = "1", unitPrice = "300", taxes = new[] { new { code = "VAT", treatment = "outOfScope" } } },
            },
        });
        Assert.Equal((total + 800, tax), ((long)answer["total"]!, (long)answer["tax"]!));
        Adds(answer);
    }

    [Theory]
    [InlineData("1297", "1", "8.1", "line")]
    [InlineData("333.3333", "3", "7.5", "document")]
    [InlineData("5", "7", "10", "line")]
    public async Task What_comes_back_mirrors_what_was_sold(string unitPrice, string quantity, string rate, string level)
    {
        object One(string sign) => new
        {
            currency = "NGN", rounding = new { level },
            lines = new[] { new { quantity = $"{sign}{quantity}", unitPrice, taxes = new[] { Tax("A", rate), Tax("B", "2.5", "A") } } },
        };
        var (sold, back) = (await Calculate(One("")), await Calculate(One("-")));
        foreach (var member in new[] { "net", "tax", "total" })
            Assert.Equal((long)sold[member]!, -(long)back[member]!);
        Assert.Equal(Amounts(sold["lines"]![0]!).Select(amount => -amount), Amounts(back["lines"]![0]!));
        Assert.DoesNotMatch(":-0[,}]", back.ToJsonString());
    }
}
