using System.Text.Json.Serialization;

namespace WebWaka.Pricing;

/// <summary>What earlier refunds of the sale have taken of a line: positive quantity, positive total in minor units.</summary>
public sealed record RefundedLine(int Line, [property: JsonConverter(typeof(DecimalString))] decimal Quantity, long Total);

/// <summary>What is to be refunded of a line: positive quantity.</summary>
public sealed record RefundRequest(int Line, [property: JsonConverter(typeof(DecimalString))] decimal Quantity);

/// <summary>Part of a sale with the sign turned: quantities and amounts are negative. Only requested lines are in it.</summary>
public sealed record PricedRefund(
    string Currency, PricedLine[] Lines, PricedFee[] Fees, long Gross, long Discount, long Net, long Tax, long Total);

/// <summary>Refunds at the original's prices, discounts and taxes.</summary>
public static class Refunds
{
    public static PricingOutcome<PricedRefund> Price(
        PricedCart original, IReadOnlyList<RefundedLine> refunded, IReadOnlyList<RefundRequest> requested) =>
        throw new NotSupportedException("Comes with the next commit.");
}
