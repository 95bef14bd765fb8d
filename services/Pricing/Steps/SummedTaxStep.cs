using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>Step 6 where several exact taxes are summed before they are rounded: once per tax over the document, or all of one line
/// together, or both. Lines and fees get their parts by largest remainder.</summary>
internal static class SummedTaxStep
{
    public static void Run(Work work)
    {
        var subjects = new List<Taxable>(work.Count + work.FeeParts.Count);
        foreach (var line in work.Lines) subjects.Add(line);
        subjects.AddRange(work.FeeParts);
        var amounts = new long[subjects.Count][];
        var sums = new List<SummedTax>();
        for (var s = 0; s < amounts.Length; s++)
        {
            var subject = subjects[s];
            var parts = subject.Plan.Parts;
            amounts[s] = new long[parts.Length];
            for (var i = 0; i < parts.Length; i++)
            {
                var (numerator, denominator) = subject.NetIsGiven
                    ? subject.Plan.OfNet(parts[i], subject.Net, subject.Quantity)
                    : subject.Plan.OfListed(parts[i], subject.Left, subject.Quantity);
                SumFor(work, sums, parts[i], s).Add(new(s, i, numerator, denominator));
            }
        }

        foreach (var sum in sums) sum.Spread(work, amounts);
        for (var s = 0; s < amounts.Length; s++)
        {
            var (subject, parts) = (subjects[s], subjects[s].Plan.Parts);
            var net = subject.NetIsGiven ? subject.Net : subject.Left;
            if (!subject.NetIsGiven)
                for (var i = 0; i < parts.Length; i++)
                    if (parts[i].Included) net -= amounts[s][i];
            subject.Set(net, TaxStep.Records(parts, net, amounts[s]));
        }
    }

    static SummedTax SumFor(Work work, List<SummedTax> sums, TaxPart part, int subject)
    {
        var together = work.Rounding.Components == ComponentRounding.Together;
        foreach (var sum in sums)
            if ((work.Rounding.Level == RoundingLevel.Document || sum.Subject == subject) && sum.Is(part, together)) return sum;
        var made = new SummedTax(part, subject);
        sums.Add(made);
        return made;
    }
}

/// <summary>Exact taxes that are rounded as one: of one code, rate and treatment, or all that are in the price and all that are
/// not.</summary>
internal sealed class SummedTax(TaxPart part, int subject)
{
    readonly List<ExactTax> entries = [];

    /// <summary>The first whose tax it is.</summary>
    public int Subject { get; } = subject;

    public bool Is(TaxPart other, bool together) => together ? part.Included == other.Included :
        part.Rule.Code == other.Rule.Code && part.Rule.Rate == other.Rule.Rate && part.Rule.Kind == other.Rule.Kind &&
        part.PerUnit == other.PerUnit && part.Included == other.Included && part.Rule.Treatment == other.Rule.Treatment;

    public void Add(ExactTax entry) => entries.Add(entry);

    /// <summary>Writes each subject's part in steps of the policy; they sum to the rounded whole.</summary>
    public void Spread(Work work, long[][] amounts)
    {
        var step = work.Rounding.Step;
        // Worked on the positive side, so that a document of returns mirrors its sale.
        var sign = Sum(1, step).Whole < 0 ? -1 : 1;
        var left = Round(Sum(sign, step), work.Rounding.Mode);
        var rests = new Rational[entries.Count];
        for (var i = 0; i < rests.Length; i++)
        {
            var (subject, place, numerator, denominator) = entries[i];
            var (whole, rest) = FloorDiv(numerator * sign, denominator * step);
            amounts[subject][place] = (long)whole * sign * step;
            rests[i] = new(rest, denominator * step);
            left -= (long)whole;
        }

        if (left == 0) return;
        var order = new int[rests.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => Compare(rests[b], rests[a]) is var c and not 0 ? c : a.CompareTo(b));
        for (var i = 0; i < left; i++) amounts[entries[order[i]].Subject][entries[order[i]].Place] += sign * step;
    }

    /// <summary>The exact sum in steps, times the sign: whole steps and the fraction (0 to below 1) above them. Kept apart so that
    /// taxes with different denominators do not overflow.</summary>
    (long Whole, Rational Fraction) Sum(int sign, long step)
    {
        // Lines of one class share a denominator: sum those as they are, reduce only between classes.
        var byDenominator = new Dictionary<Int128, Int128>();
        foreach (var (_, _, numerator, denominator) in entries)
            byDenominator[denominator] = byDenominator.GetValueOrDefault(denominator) + numerator * sign;
        Int128 whole = 0;
        var fraction = Rational.Zero;
        foreach (var (denominator, numerator) in byDenominator)
        {
            var (steps, rest) = FloorDiv(numerator, denominator * step);
            fraction += new Rational(rest, denominator * step);
            var carry = fraction.Numerator / fraction.Denominator;
            fraction -= new Rational(carry, 1);
            whole += steps + carry;
        }

        return ((long)whole, fraction);
    }

    /// <summary>A sum of zero or more; its last bit goes along, for the modes that look whether it is odd.</summary>
    static long Round((long Whole, Rational Fraction) sum, RoundingMode mode)
    {
        var odd = sum.Whole & 1;
        return sum.Whole - odd + Rounding.Quotient(sum.Fraction.Numerator + odd * sum.Fraction.Denominator, sum.Fraction.Denominator, mode);
    }

    static (Int128 Whole, Int128 Remainder) FloorDiv(Int128 numerator, Int128 denominator)
    {
        var (whole, rest) = Int128.DivRem(numerator, denominator);
        return rest < 0 ? (whole - 1, rest + denominator) : (whole, rest);
    }

    static int Compare(Rational a, Rational b) => (a.Numerator * b.Denominator).CompareTo(b.Numerator * a.Denominator);
}

/// <summary>An exact tax of one subject (place in the list) by one part (place in its plan).</summary>
internal readonly record struct ExactTax(int Subject, int Place, Int128 Numerator, Int128 Denominator);
