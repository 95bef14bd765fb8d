namespace WebWaka.Contracts.Payments;

/// <summary>Paystack has confirmed the money of one tender: reference, amount and currency were verified with Paystack.</summary>
/// <param name="Tender">The tender's number within the sale, from 1.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
public sealed record PaymentSettled(
    Guid PaymentId, Guid SaleId, int Tender, long Amount, string Currency, string Reference, string Channel, DateTimeOffset PaidAt);
