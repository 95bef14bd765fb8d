using WebWaka.CellKit;

namespace WebWaka.Payments.Collecting;

/// <summary>A payment as callers see it: what the customer needs for its channel, and how it stands.</summary>
/// <param name="Status">
/// <c>initiated</c> and <c>unknown</c>: being confirmed, do not take the money again; <c>settled</c>; <c>failed</c> and
/// <c>abandoned</c>: ask again for a new attempt; <c>needsReview</c>: a person decides.
/// </param>
/// <param name="Amount">Minor units.</param>
/// <param name="Notice">For the cashier: what happened that is not the end of it.</param>
/// <param name="Delivered">Whether the terminal shows it; while it does not, cancel it or take another tender.</param>
/// <param name="NotApplied">Money came that no sale took: give it back.</param>
/// <param name="DedicatedAccount">The shop's account number that the customer pays to, in <c>accountNumber</c> and <c>bank</c>.</param>
internal sealed record PaymentAnswer(
    Guid Id, Guid SaleId, int Tender, long Amount, string Currency, string Status, string Reference, string Channel, DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt, string? AuthorizationUrl = null, string? AccountNumber = null, string? AccountName = null, string? AccountReference = null,
    string? Bank = null, string? UssdCode = null, string? DisplayText = null, string? Reason = null, DateTimeOffset? SettledAt = null,
    string? Notice = null, string? Terminal = null, bool? Delivered = null, string? NotApplied = null,
    Guid? DedicatedAccount = null)
{
    public static PaymentAnswer Of(PaymentRow row) => new(
        row.Id, row.SaleId, row.Tender, row.Amount, row.Currency, row.State, row.Reference, row.Channel, row.CreatedAt, row.ExpiresAt,
        row.AuthorizationUrl, row.AccountNumber, row.AccountName, row.AccountReference, row.Bank, row.UssdCode, row.DisplayText, row.Reason, row.SettledAt,
        row.Notice, row.TerminalId, row.TerminalId is null ? null : row.DeliveredAt is not null, row.NotApplied, row.DedicatedAccountId);
}

internal static class ReadAccess
{
    /// <summary>Whoever sells must see whether the customer has paid; whoever keeps the books may see it too.</summary>
    public static RouteHandlerBuilder RequireSellOrReadPayments(this RouteHandlerBuilder route) =>
        route.RequireAuthorization(policy => policy.RequireAuthenticatedUser().RequireAssertion(context =>
                (context.User.FindFirst(Claims.Permissions)?.Value ?? "").Split(' ').Any(held => held is Permissions.Sell or Permissions.ReadPayments)))
            .WithMetadata(new RequiredPermission($"{Permissions.Sell} | {Permissions.ReadPayments}"));
}
