using System.Numerics;
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
            for (var i = 0; i < parts.Length; i++) SumFor(work, sums, parts[i], s).Add(new(subject, parts[i], amounts[s], i));
        }

        foreach (var sum in sums) sum.Spread(work.Rounding);
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

/// <summary>Exact taxes that are rounded as one: of one code, rate and kind, or all that are in the price and all that are not.</summary>
internal sealed class SummedTax(TaxPart part, int subject)
{
    readonly List<ExactTax> entries = [];

    /// <summary>The first whose tax it is.</summary>
    public int Subject { get; } = subject;

    public bool Is(TaxPart other, bool together) => together ? part.Included == other.Included :
        part.Rule.Code == other.Rule.Code && part.Rule.Rate == other.Rule.Rate && part.Rule.Kind == other.Rule.Kind &&
        part.PerUnit == other.PerUnit && part.Included == other.Included;

    public void Add(ExactTax entry) => entries.Add(entry);

    /// <summary>Writes each subject's part in steps of the policy; they sum to the rounded whole.</summary>
    public void Spread(RoundingPolicy policy)
    {
        try
        {
            Spread<Int128>(policy);
        }
        catch (OverflowException)
        {
            Spread<BigInteger>(policy);
        }
    }

    void Spread<T>(RoundingPolicy policy)
        where T : struct, IBinaryInteger<T>
    {
        var step = T.CreateChecked(policy.Step);
        var exact = new (T Numerator, T Denominator)[entries.Count];
        var common = step;
        for (var i = 0; i < exact.Length; i++)
        {
            exact[i] = entries[i].Exact<T>();
            exact[i].Denominator *= step;
            common = common / Gcd(common, exact[i].Denominator) * exact[i].Denominator;
        }

        var total = T.Zero;
        for (var i = 0; i < exact.Length; i++)
        {
            exact[i].Numerator *= common / exact[i].Denominator;
            total += exact[i].Numerator;
        }

        // Worked on the positive side, so that a document of returns mirrors its sale.
        var sign = T.IsNegative(total) ? -1 : 1;
        var left = Rounding.Quotient(BigInteger.CreateChecked(total) * sign, BigInteger.CreateChecked(common), policy.Mode);
        var rests = new T[exact.Length];
        for (var i = 0; i < rests.Length; i++)
        {
            var (whole, rest) = T.DivRem(exact[i].Numerator * T.CreateChecked(sign), common);
            if (T.IsNegative(rest)) (whole, rest) = (whole - T.One, rest + common);
            var units = long.CreateChecked(whole);
            if (Math.Abs(units) > Limits.MaxAmount / policy.Step) throw new OverflowException();
            entries[i].Amount = units * sign * policy.Step;
            rests[i] = rest;
            left -= units;
        }

        if (left == 0) return;
        var order = new int[rests.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => rests[b].CompareTo(rests[a]) is var by and not 0 ? by : a.CompareTo(b));
        for (var i = 0; i < left; i++) entries[order[i]].Amount += sign * policy.Step;
    }

    static T Gcd<T>(T a, T b)
        where T : IBinaryInteger<T>
    {
        while (!T.IsZero(b)) (a, b) = (b, a % b);
        return a;
    }
}

/// <summary>One tax of one subject, and where its amount is kept.</summary>
internal sealed class ExactTax(Taxable subject, TaxPart part, long[] amounts, int place)
{
    public long Amount
    {
        get => amounts[place];
        set => amounts[place] = value;
    }

    public (T Numerator, T Denominator) Exact<T>()
        where T : IBinaryInteger<T> => subject.NetIsGiven
            ? subject.Plan.OfNet<T>(part, subject.Net, subject.Quantity)
            : subject.Plan.OfListed<T>(part, subject.Left, subject.Quantity);
}
