namespace WebWaka.History.Audit;

/// <summary>A privileged act: who did what to which thing, when and where.</summary>
/// <param name="Act"><c>sale.voided</c>, <c>sale.refunded</c> or <c>shift.variance</c>.</param>
/// <param name="By">The person who did it.</param>
/// <param name="ThingId">The sale, the refund or the shift.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>: what was voided or refunded, or cash over (positive) or short.</param>
internal sealed record AuditEntry(
    string Act, Guid By, DateTimeOffset At, Guid StoreId, Guid TillId, Guid ThingId, string? Number, string Currency, long Amount, string? Reason);
