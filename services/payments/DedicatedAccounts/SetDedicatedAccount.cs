using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.DedicatedAccounts;

/// <summary>
/// Opens an account number under an id of the caller's choice, or changes what an open one is called. Sent again it opens no second one: at
/// Paystack each id is a customer, whose account is looked for first.
/// </summary>
internal static class SetDedicatedAccount
{
    /// <param name="Label">What the shop calls it, such as a till's name.</param>
    /// <param name="Phone">To open one: the shop's telephone, which the bank asks for.</param>
    /// <param name="Bank">Paystack's slug of the bank, such as <c>titan-paystack</c>; without one Paystack chooses.</param>
    public sealed record Request(string Label, string? Phone = null, string? Bank = null)
    {
        private const int MaxLabel = 60;

        public Problem? Check()
        {
            if (Label.Trim().Length is 0 || Label.Length > MaxLabel || CardNumbers.In(Label))
                return CommonProblems.InvalidRequest.With($"label: 1 to {MaxLabel} characters, no card's number");
            if (Phone is not null && !CreatePayment.Request.IsPhone(Phone))
                return CommonProblems.InvalidRequest.With("phone: 6 to 16 digits, with or without + before them");
            return Bank is null || IsSlug(Bank) ? null : CommonProblems.InvalidRequest.With("bank: Paystack's slug, 1 to 40 small letters, digits and hyphens");
        }

        private static bool IsSlug(string text) =>
            text.Length is >= 1 and <= 40 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && !CardNumbers.In(text);
    }

    public static void Map(RouteGroupBuilder payments) => payments.MapPut("/dedicated-accounts/{id:guid}", Handle).WithName(nameof(SetDedicatedAccount))
        .RequirePermission(Permissions.EditPayments).Produces<DedicatedAccountAnswer>().Produces<DedicatedAccountAnswer>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(
        Guid id, Request request, Caller caller, PaymentsDb db, PaystackAccounts accounts, PaystackClient paystack, NobodysEmail emails, CancellationToken ct)
    {
        // Load.
        if (request.Check() is { } invalid)
            return invalid.ToHttp();
        if (await Rename(db, caller.TenantId, id, request.Label, ct) is { } known)
            return known.Active ? TypedResults.Ok(DedicatedAccountAnswer.Of(known)) : Problems.DedicatedAccountClosed.ToHttp();
        if (request.Phone is null)
            return CommonProblems.InvalidRequest.With("phone: needed to open an account").ToHttp();
        var account = await accounts.Of(caller.TenantId, ct);
        if (account.Key is null)
            return Problems.PaystackNotConfigured.ToHttp();

        // Decide: Paystack opens it, or has opened it before. From here a caller who hangs up changes nothing.
        var split = account.Kind == AccountKinds.Platform ? account.SplitCode : null;
        var opened = await Open(paystack, account.Key, emails.Of(caller.TenantId, id), request, split, CancellationToken.None);
        if (opened.Problem is { } refused)
            return refused.ToHttp();

        // Save.
        var row = Row(id, request, account.Kind, opened.Value!, db.Now);
        await db.InTenant(caller.TenantId, () => Save(db, row), CancellationToken.None);
        return TypedResults.Created($"/api/payments/dedicated-accounts/{id}", DedicatedAccountAnswer.Of(row));
    }

    private static Task<DedicatedAccountRow?> Rename(PaymentsDb db, Guid tenant, Guid id, string label, CancellationToken ct) => db.InTenant(tenant, async () =>
    {
        if (await db.DedicatedAccounts.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } row)
            return null;
        row.Label = row.Active ? label : row.Label;
        return row;
    }, ct);

    private static async Task<Outcome<PaystackDedicatedAccount>> Open(
        PaystackClient paystack, PaystackKey key, string email, Request request, string? split, CancellationToken ct)
    {
        var made = await paystack.CreateCustomer(key, email, request.Label, "Till", request.Phone!, ct);
        if (made is not PaystackOutcome<PaystackCustomer>.Done { Data: var customer })
            return Failure(made);
        var listed = await paystack.ListDedicatedAccounts(key, customer.Id, ct);
        if (listed is not PaystackOutcome<PaystackPage<PaystackDedicatedAccount>>.Done { Data: var page })
            return Failure(listed);
        if (page.Items.FirstOrDefault(item => item.Active && item.CustomerCode == customer.Code) is { } there)
            return there;
        var opened = await paystack.CreateDedicatedAccount(key, customer.Code, request.Bank, split, ct);
        return opened is PaystackOutcome<PaystackDedicatedAccount>.Done { Data: var account } ? account : Failure(opened);
    }

    private static Problem Failure<T>(PaystackOutcome<T> answer) => answer is PaystackOutcome<T>.Refused { Error: var error }
        ? Problems.DedicatedAccountRefused.With(Text.Short(error.Message)) : Problems.PaystackUnavailable;

    private static DedicatedAccountRow Row(Guid id, Request request, string kind, PaystackDedicatedAccount account, DateTimeOffset now) => new()
    {
        Id = id, Label = request.Label, Account = kind, PaystackId = account.Id, AccountNumber = account.AccountNumber, AccountName = account.AccountName,
        Bank = account.Bank, Currency = account.Currency, CreatedAt = now,
    };

    /// <summary>Of two that were sent at once both have been answered the same account.</summary>
    private static async Task<bool> Save(PaymentsDb db, DedicatedAccountRow row)
    {
        if (!await db.DedicatedAccounts.AnyAsync(known => known.Id == row.Id))
            db.Add(row);
        return true;
    }
}
