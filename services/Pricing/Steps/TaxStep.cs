using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>Step 6 where tax is rounded on each line.</summary>
internal static class TaxStep
{
    static readonly LineTax[] NoTaxes = [];

    public static void Run(Work work)
    {
        work.TaxExempt = work.Cart.TaxExemption is { } paper && paper.ValidFrom <= work.Local && !(paper.ValidTo <= work.Local);
        if (work.NamesSkipped) NameTheRest(work);
        if (!work.TaxExempt && (work.Rounding.Level == RoundingLevel.Document || work.Rounding.Components == ComponentRounding.Together))
        {
            SummedTaxStep.Run(work);
            return;
        }

        foreach (var line in work.Lines) Tax(work, line);
        foreach (var part in work.FeeParts) Tax(work, part);
    }

    /// <summary>The components of the lines' classes that are not in force here and now, or that a certificate takes away.</summary>
    static void NameTheRest(Work work)
    {
        var (rules, paper) = (work.Index.Rules, work.TaxExempt ? work.Cart.TaxExemption : null);
        var met = work.Cart.Lines.Select(line => line.TaxClass ?? rules.DefaultTaxClass).ToHashSet(StringComparer.Ordinal);
        foreach (var taxClass in rules.TaxClasses.Where(c => met.Contains(c.Code)))
        {
            foreach (var component in taxClass.Components)
            {
                var reason = component.Zones.Length > 0 && !Eligibility.HasAny(component.Zones, work.Zones) ? Reasons.OtherZone
                    : component.ValidFrom > work.Local || component.ValidTo <= work.Local ? Reasons.OutsideDates
                    : paper is not null && (paper.Taxes is not { Length: > 0 } codes || Array.IndexOf(codes, component.Code) >= 0)
                        ? Reasons.CustomerExempt
                    : null;
                if (reason is not null) work.Skipped.Add(new(TaxPlanner.Named(taxClass.Code, component), reason));
            }
        }
    }

    static void Tax(Work work, Taxable subject)
    {
        var parts = subject.Plan.Parts;
        if (parts.Length == 0)
        {
            subject.Set(subject.Left, NoTaxes);
            return;
        }

        Span<long> amounts = parts.Length <= 16 ? stackalloc long[parts.Length] : new long[parts.Length];
        var net = subject.NetIsGiven ? subject.Net : subject.Left;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!parts[i].Included) continue;
            amounts[i] = work.Rounded(subject, parts[i]);
            if (!subject.NetIsGiven) net -= amounts[i];
        }

        if (work.TaxExempt)
        {
            subject.Set(net, Exempted(work, subject, net, amounts));
            return;
        }

        for (var i = 0; i < parts.Length; i++)
            if (!parts[i].Included) amounts[i] = OnTop(work, subject, parts[i], net, amounts);
        subject.Set(net, Records(parts, net, amounts));
    }

    static long OnTop(Work work, Taxable subject, TaxPart part, long net, ReadOnlySpan<long> amounts) =>
        work.Rounding.CompoundBase == CompoundBase.Exact
            ? work.RoundedOfNet(subject, part, net)
            : OnRounded(work, subject, part, net, amounts);

    static long OnRounded(Work work, Taxable subject, TaxPart part, long net, ReadOnlySpan<long> amounts)
    {
        if (part.Rule.Kind == TaxKind.FixedPerUnit) return work.Round((Int128)part.PerUnit * subject.Quantity, Limits.ExtensionScale);
        return work.Round(BaseOf(part, net, amounts) * part.Rate.Numerator, part.Rate.Denominator);
    }

    /// <summary>A certificate for all taxes leaves one tax of nothing; one for some leaves the others, each worked out on the net and the
    /// amounts that are still charged below it.</summary>
    static LineTax[] Exempted(Work work, Taxable subject, long net, Span<long> amounts)
    {
        if (work.Cart.TaxExemption!.Taxes is not { Length: > 0 } codes)
            return [new LineTax("EXEMPT", 0, net, 0, Included: false, TaxTreatment.Exempt)];
        var parts = subject.Plan.Parts;
        var taxes = new LineTax[parts.Length];
        for (var i = 0; i < taxes.Length; i++)
        {
            var part = parts[i];
            var free = Array.IndexOf(codes, part.Rule.Code) >= 0;
            amounts[i] = free ? 0 : OnRounded(work, subject, part, net, amounts);
            var below = BaseOf(part, net, amounts);
            taxes[i] = free
                ? new(part.Rule.Code, 0, below, 0, Included: false, TaxTreatment.Exempt, part.Name, part.Version)
                : new(part.Rule.Code, part.Rule.Rate, below, amounts[i], part.Included, part.Rule.Treatment, part.Name, part.Version);
        }

        return taxes;
    }

    /// <summary>The taxes as they are printed: each with the amount below it.</summary>
    internal static LineTax[] Records(TaxPart[] parts, long net, ReadOnlySpan<long> amounts)
    {
        var taxes = new LineTax[parts.Length];
        for (var i = 0; i < taxes.Length; i++)
        {
            var (part, rule) = (parts[i], parts[i].Rule);
            taxes[i] = new(rule.Code, rule.Rate, BaseOf(part, net, amounts), amounts[i], part.Included, rule.Treatment, part.Name, part.Version);
        }

        return taxes;
    }

    /// <summary>The same taxes with other amounts.</summary>
    internal static LineTax[] Changed(Taxable subject, long net, long[] amounts)
    {
        var parts = subject.Plan.Parts;
        var taxes = new LineTax[amounts.Length];
        for (var i = 0; i < taxes.Length; i++)
        {
            // Where a certificate left one tax of several, the first part stands on none, so its base is the net.
            taxes[i] = subject.Taxes[i] with { Base = BaseOf(parts[i], net, amounts), Amount = amounts[i] };
        }

        return taxes;
    }

    static long BaseOf(TaxPart part, long net, ReadOnlySpan<long> amounts)
    {
        foreach (var below in part.OnTopOf) net += amounts[below];
        return net;
    }
}
