using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>Step 1: every line is checked, put in order of its number and extended: gross = quantity x unit price.</summary>
internal static class LinesStep
{
    public static PricingFailure? Run(Work work)
    {
        var source = work.Cart.Lines;
        if (source.Length > Limits.MaxLines) return new("too_many_lines", $"A cart has at most {Limits.MaxLines} lines.");
        if (work.Index.ZonesOf(work.Cart) is not { } zones) return new("tax_zone_unknown", "The cart names a zone that the rules do not have.");
        work.Zones = zones;
        if (work.Index.TableFor(zones, out var taxes) is { } failure) return failure;
        work.Taxes = taxes;
        var lines = work.Take(source.Length);
        var (inOrder, sum) = (true, 0L);
        for (var i = 0; i < lines.Length; i++)
        {
            if (Extend(work, lines[i], source[i]) is { } wrong) return wrong;
            sum += Math.Abs(lines[i].Gross);
            if (sum > Limits.MaxAmount) return new("amount_too_large", "The lines together are beyond what can be kept exactly.");
            inOrder &= i == 0 || source[i - 1].Line < source[i].Line;
        }

        if (inOrder) return null;
        lines.Sort(static (a, b) => a.Source.Line.CompareTo(b.Source.Line));
        for (var i = 1; i < lines.Length; i++)
            if (lines[i].Source.Line == lines[i - 1].Source.Line)
                return new("line_twice", "Two lines have one number.", lines[i].Source.Line);
        return null;
    }

    static PricingFailure? Extend(Work work, WorkLine line, CartLine source)
    {
        line.Begin(source);
        if (source.Line < 1) return new("line_number_invalid", "Lines are numbered from 1.", source.Line);
        if (!Limits.TryScale(source.Quantity, Limits.QuantityPlaces, Limits.MaxQuantity, out var quantity))
            return new("quantity_invalid", "A quantity has at most five decimals and is below ten million.", source.Line);
        if (!Limits.TryScale(source.UnitPrice, Limits.PricePlaces, Limits.MaxUnitPrice, out var price))
            return new("unit_price_invalid", "A unit price is minor units with at most four decimals.", source.Line);
        if (price < 0) (price, quantity) = (-price, -quantity);
        if (source.IsReturn ? quantity >= 0 : quantity <= 0)
            return new("quantity_invalid", "A quantity is above zero; below zero on a returned line.", source.Line);
        var exact = (Int128)quantity * price;
        if (Int128.Abs(exact) > (Int128)Limits.MaxAmount * Limits.ExtensionScale)
            return new("amount_too_large", "Quantity x unit price is beyond what can be kept exactly.", source.Line);

        line.PricesIncludeTax = source.PricesIncludeTax ?? work.Index.Rules.PricesIncludeTax;
        if (work.Taxes.PlanFor(source.TaxClass, work.Local, line.PricesIncludeTax) is not { } plan)
            return new("tax_class_unknown", $"No tax class {source.TaxClass ?? "by default"}.", source.Line);
        if (work.HasNoTaxHere(plan))
            return new("tax_zone_required", $"Where the store is no tax of {source.TaxClass ?? "the default class"} is known.", source.Line);
        line.Plan = plan;
        line.Quantity = quantity;
        line.Price = price;
        line.Gross = line.Left = work.Round(exact, Limits.ExtensionScale);
        return null;
    }
}
