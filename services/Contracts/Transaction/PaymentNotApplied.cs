namespace WebWaka.Contracts.Transaction;

/// <summary>Money that Payments had reported was taken by no sale: it came too late, twice, or otherwise than asked. It is its payer's.</summary>
/// <param name="Tender">The tender's number within the sale, from 1.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
public sealed record PaymentNotApplied(Guid PaymentId, Guid SaleId, int Tender, long Amount, string Currency, string Reason, DateTimeOffset At);
