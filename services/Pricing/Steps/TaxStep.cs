using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>Step 6 where tax is rounded on each line.</summary>
internal static class TaxStep
{
    static readonly LineTax[] NoTaxes = [];

    public static void Run(Work work)
    {
        work.TaxExempt = work.Cart.TaxExemption is { } paper &&
            paper.ValidFrom <= work.Local && (paper.ValidTo is not { } to || work.Local < to);
        if (work.Rounding.Level == RoundingLevel.Document && !work.TaxExempt)
        {
            DocumentTaxStep.Run(work);
            return;
        }

        foreach (var line in work.Lines) Tax(work, line);
        foreach (var fee in work.Fees) Tax(work, fee);
    }

    static void Tax(Work work, Taxable subject)
    {
        var parts = subject.Plan.Parts;
        if (parts.Length == 0)
        {
            Set(subject, subject.Left, NoTaxes);
            return;
        }

        Span<long> amounts = parts.Length <= 16 ? stackalloc long[parts.Length] : new long[parts.Length];
        var net = subject.Left;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!parts[i].Included) continue;
            var (numerator, denominator) = subject.Plan.OfListed(parts[i], subject.Left, subject.Quantity);
            net -= amounts[i] = work.Round(numerator, denominator);
        }

        if (work.TaxExempt)
        {
            Set(subject, net, [new LineTax("EXEMPT", 0, net, 0, Included: false, TaxTreatment.Exempt)]);
            return;
        }

        for (var i = 0; i < parts.Length; i++)
            if (!parts[i].Included) amounts[i] = OnTop(work, subject, parts[i], net, amounts);
        Set(subject, net, Records(parts, net, amounts));
    }

    static long OnTop(Work work, Taxable subject, TaxPart part, long net, ReadOnlySpan<long> amounts)
    {
        if (work.Rounding.CompoundBase == CompoundBase.Exact)
        {
            var (numerator, denominator) = subject.Plan.OfNet(part, net, subject.Quantity);
            return work.Round(numerator, denominator);
        }

        if (part.Rule.Kind == TaxKind.FixedPerUnit) return work.Round((Int128)part.PerUnit * subject.Quantity, Limits.ExtensionScale);
        return work.Round(BaseOf(part, net, amounts) * part.Rate.Numerator, part.Rate.Denominator);
    }

    /// <summary>The taxes as they are printed: each with the amount below it.</summary>
    internal static LineTax[] Records(TaxPart[] parts, long net, ReadOnlySpan<long> amounts)
    {
        var taxes = new LineTax[parts.Length];
        for (var i = 0; i < taxes.Length; i++)
        {
            var rule = parts[i].Rule;
            taxes[i] = new(rule.Code, rule.Rate, BaseOf(parts[i], net, amounts), amounts[i], parts[i].Included, rule.Treatment);
        }

        return taxes;
    }

    static long BaseOf(TaxPart part, long net, ReadOnlySpan<long> amounts)
    {
        foreach (var below in part.OnTopOf) net += amounts[below];
        return net;
    }

    internal static void Set(Taxable subject, long net, LineTax[] taxes)
    {
        subject.Net = net;
        subject.Taxes = taxes;
        subject.Total = net;
        foreach (var tax in taxes) subject.Total += tax.Amount;
    }
}
