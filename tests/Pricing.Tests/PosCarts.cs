using System.Text.Json;

namespace WebWaka.Pricing.Tests;

/// <summary>Reads the loose notation of vectors/pos.json: "10% incl + 7% excl", "7% -> exempt", "none", plain rates.</summary>
internal static class PosCarts
{
    public static PricedCart Price(JsonElement input, int exponent, RoundingLevel level)
    {
        var (cart, rules) = Read(input, exponent);
        return cart.Price(rules with { Rounding = new(level) });
    }

    static (Cart Cart, RuleBook Rules) Read(JsonElement input, int exponent)
    {
        var document = input.Text("document_total") is null ? input : Vectors.Pos["TAXDOC-001"].GetProperty("input");
        var lines = document.TryGetProperty("lines", out var given) ? given.EnumerateArray().ToArray() : [];
        var classes = lines.Select((line, i) => Make.Class($"L{i}", [.. Taxes(line, document)])).ToList();
        var cartLines = lines.Select((line, i) => Line(line, i, exponent)).ToList();
        var fees = new List<FeeRule>();
        if (input.Text("goods") is { } goods)
        {
            // One rate for goods, delivery and fee alike.
            classes.Add(Make.Class("L0", Make.Vat(input.Number("rate_percent"))));
            cartLines.Add(Make.Line(1, goods.MinorExact(exponent), taxClass: "L0"));
        }

        foreach (var member in (string[])["fee", "delivery"])
        {
            if (!input.TryGetProperty(member, out var fee)) continue;
            var amount = (fee.Text("amount") ?? fee.Text("price"))!.Minor(exponent) - (fee.Text("discount")?.Minor(exponent) ?? 0);
            var taxes = fee.TryGetProperty("taxable", out _) ? [Make.Vat(input.Number("rate_percent"))] : Taxes(fee, input).ToArray();
            classes.Add(Make.Class(member, taxes));
            fees.Add(new() { Code = member, Kind = FeeKind.FixedPerDocument, Amount = amount, InTaxBase = taxes.Length > 0,
                TaxClass = member });
        }

        var cart = Make.Cart([.. cartLines]);
        if (input.TryGetProperty("doc_discount", out var discount))
        {
            var on = discount.Text("apply_on") == "net" ? DiscountBase.Net : DiscountBase.Listed;
            cart = cart with { OrderDiscount = new() { Amount = discount.GetProperty("amount").Minor(exponent), On = on } };
        }

        // A discount on a whole document, given by its total: the one of TAXDOC-001.
        if (input.Text("document_total") is not null)
            cart = cart with { OrderDiscount = new() { Percent = input.Number("discount_percent"), On = DiscountBase.Total } };
        return (cart, new() { TaxClasses = [.. classes], Fees = [.. fees] });
    }

    static CartLine Line(JsonElement line, int at, int exponent)
    {
        var made = Make.Line(at + 1, line.Text("price")!.MinorExact(exponent), line.Text("qty") is null ? 1 : line.Number("qty"),
            taxClass: $"L{at}");
        if (line.Text("discount") is { } amount) return made with { Discount = new() { Amount = amount.Minor(exponent) } };
        return line.Text("discount_percent") is null ? made : made with { Discount = new() { Percent = line.Number("discount_percent") } };
    }

    public static IEnumerable<TaxComponent> OfText(string words) => words is "none" ? [] : words.Split(" + ").Select(OfWords);

    static IEnumerable<TaxComponent> Taxes(JsonElement line, JsonElement document)
    {
        if ((line.Text("tax") ?? document.Text("tax")) is { } words) return OfText(words);
        if (!line.TryGetProperty("taxes", out var list) && !document.TryGetProperty("taxes", out list)) return [];
        var taxes = list.EnumerateArray().ToArray();
        return taxes.Select((tax, i) => tax.ValueKind == JsonValueKind.String ? OfWords(tax.GetString()!) : OfMembers(taxes, i));
    }

    static TaxComponent OfWords(string words)
    {
        if (words.EndsWith("-> exempt", StringComparison.Ordinal)) return new() { Code = "EXEMPT", Treatment = TaxTreatment.Exempt };
        var rate = words.Split('%')[0];
        return Make.Vat(rate.MinorExact(0), "T" + rate) with { Included = words.EndsWith("incl", StringComparison.Ordinal) };
    }

    static TaxComponent OfMembers(JsonElement[] taxes, int at) => Make.Vat(taxes[at].Number("rate_percent"), $"{at}") with
    {
        OnTopOf = Affected(taxes[at])
            ? [.. Enumerable.Range(0, at).Where(i => taxes[i].TryGetProperty("affects_base_of_next", out var affects)
                && affects.GetBoolean()).Select(i => $"{i}")]
            : [],
    };

    static bool Affected(JsonElement tax) => !tax.TryGetProperty("base_affected_by_previous", out var by) || by.GetBoolean();
}
