using System.Text.Json.Serialization;
using WebWaka.Pricing.Steps;

namespace WebWaka.Pricing;

/// <summary>What earlier refunds of the sale have taken of a line: positive quantity, positive total in minor units.</summary>
public sealed record RefundedLine(int Line, [property: JsonConverter(typeof(DecimalString))] decimal Quantity, long Total);

/// <summary>What is to be refunded of a line: positive quantity.</summary>
public sealed record RefundRequest(int Line, [property: JsonConverter(typeof(DecimalString))] decimal Quantity);

/// <summary>Part of a sale with the sign turned: quantities and amounts are negative. Only requested lines are in it.</summary>
public sealed record PricedRefund
{
    public required string Currency { get; init; }
    public required PricedLine[] Lines { get; init; }
    public required PricedFee[] Fees { get; init; }
    public required long Gross { get; init; }
    public required long Discount { get; init; }
    public required long Net { get; init; }
    public required long Tax { get; init; }
    public required long Total { get; init; }

    /// <summary>As <see cref="PricedCart.Taxes"/>.</summary>
    public required LineTax[] Taxes { get; init; }

    /// <summary>The rules of the sale, not of today.</summary>
    public required RuleVersions Versions { get; init; }
}

/// <summary>Refunds at the original's prices, discounts and taxes. Everything is cumulative: a refund is what the sale comes to up
/// to and with it, less what it came to before, so any split of a sale into refunds sums to the sale. Fees go back in proportion
/// to the net refunded, the last of it with the last net.</summary>
public static class Refunds
{
    public static PricingOutcome<PricedRefund> Price(
        PricedCart original, IReadOnlyList<RefundedLine> refunded, IReadOnlyList<RefundRequest> requested)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(refunded);
        ArgumentNullException.ThrowIfNull(requested);
        if (requested.Count == 0) return new PricingFailure("refund_empty", "Nothing is to be refunded.");
        var lines = new RefundLine[original.Lines.Length];
        for (var i = 0; i < lines.Length; i++) lines[i] = new RefundLine(original.Lines[i]);
        if (Read(lines, refunded, requested) is { } failure) return failure;

        long netBefore = 0, netAfter = 0, netAll = 0;
        var parts = new List<PricedLine>(requested.Count);
        foreach (var line in lines)
        {
            if (line.IsReturn) continue;
            var (before, after) = (line.UpTo(line.Before), line.UpTo(line.After));
            netAll += line.Original.Net;
            netBefore += before.Net;
            netAfter += after.Net;
            if (line.After == line.Before) continue;
            var part = RefundLine.Difference(before, after);
            if (line.TotalBefore - part.Total > line.Original.Total)
                return Exceeds(line);
            parts.Add(part);
        }

        var complete = Array.TrueForAll(lines, line => line.IsReturn || line.After == line.Sold);
        var fees = Fees(original.Fees, netBefore, netAfter, netAll, complete);
        return Total(original, [.. parts], fees);
    }

    static PricingFailure? Read(RefundLine[] lines, IReadOnlyList<RefundedLine> refunded, IReadOnlyList<RefundRequest> requested)
    {
        foreach (var earlier in refunded)
        {
            if (Find(lines, earlier.Line) is not { } line) return Unknown(earlier.Line);
            if (!Positive(earlier.Quantity, out var quantity)) return Invalid(earlier.Line);
            if (earlier.Total is < 0 or > Limits.MaxAmount)
                return new("amount_too_large", "An amount is beyond what can be kept exactly.", earlier.Line);
            line.Before += quantity;
            line.TotalBefore += earlier.Total;
        }

        foreach (var line in lines) line.After = line.Before;
        foreach (var request in requested)
        {
            if (Find(lines, request.Line) is not { } line) return Unknown(request.Line);
            if (!Positive(request.Quantity, out var quantity)) return Invalid(request.Line);
            if (line.IsReturn) return new("refund_line_returned", "A returned line cannot be refunded.", request.Line);
            if (line.After != line.Before) return new("line_twice", "Two requests are for one line.", request.Line);
            line.After += quantity;
        }

        foreach (var line in lines)
            if (!line.IsReturn && line.After > line.Sold)
                return new("refund_exceeds_quantity", $"{line.Original.Quantity} were sold.", line.Original.Line);
        return null;
    }

    static RefundLine? Find(RefundLine[] lines, int number) => Array.Find(lines, line => line.Original.Line == number);

    static bool Positive(decimal quantity, out long scaled) =>
        Limits.TryScale(quantity, Limits.QuantityPlaces, Limits.MaxQuantity, out scaled) && scaled > 0;

    static PricingFailure Exceeds(RefundLine line) =>
        new("refund_exceeds_total", $"{line.TotalBefore} of {line.Original.Total} is refunded already.", line.Original.Line);

    static PricingFailure Unknown(int line) => new("refund_line_unknown", "The sale has no such line.", line);

    static PricingFailure Invalid(int line) => new("quantity_invalid", "A quantity is above zero with at most five decimals.", line);

    static PricedFee[] Fees(PricedFee[] fees, long before, long after, long all, bool complete)
    {
        if (all <= 0)
        {
            // Free goods: there is no net to go by, so the fees go back with the last line.
            if (!complete) return [];
            (before, after, all) = (0, 1, 1);
        }

        var parts = new List<PricedFee>(fees.Length);
        foreach (var fee in fees)
        {
            var taxes = new LineTax[fee.Taxes.Length];
            var total = RefundLine.Between(fee.Total, before, after, all);
            var net = total;
            for (var i = 0; i < taxes.Length; i++)
            {
                taxes[i] = RefundLine.Between(fee.Taxes[i], before, after, all);
                net -= taxes[i].Amount;
            }

            if (total != 0 || net != 0) parts.Add(new(fee.Code, fee.Name, net, taxes, total, fee.Version));
        }

        return [.. parts];
    }

    static PricedRefund Total(PricedCart original, PricedLine[] lines, PricedFee[] fees)
    {
        long gross = 0, discount = 0, net = 0, tax = 0, total = 0;
        var taxes = new TaxSums();
        foreach (var line in lines)
        {
            gross += line.Gross;
            foreach (var one in line.Discounts) discount += one.Amount;
            net += line.Net;
            tax += line.Total - line.Net;
            total += line.Total;
            foreach (var one in line.Taxes) taxes.Add(one);
        }

        foreach (var fee in fees)
        {
            tax += fee.Total - fee.Net;
            total += fee.Total;
            foreach (var one in fee.Taxes) taxes.Add(one);
        }

        return new()
        {
            Currency = original.Currency,
            Lines = lines,
            Fees = fees,
            Gross = gross,
            Discount = discount,
            Net = net,
            Tax = tax,
            Total = total,
            Taxes = taxes.ToArray(),
            Versions = original.Versions,
        };
    }
}
