using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.DedicatedAccounts;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Collecting;

/// <summary>
/// Collects the money of one tender through Paystack. The payment is committed before Paystack hears of it, so that an event
/// which is faster than Paystack's own answer finds it. While one is open, or money has come, asking again answers that one.
/// </summary>
internal static partial class CreatePayment
{
    private const string Route = "payments";

    /// <summary>How long a repeat waits for the first request's call to Paystack.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private sealed record Claim(IdempotencyRow Key, PaymentRow? Payment, bool IsNew);

    public static void Map(RouteGroupBuilder payments) =>
        payments.MapPost("", Handle).WithName(nameof(CreatePayment)).RequirePermission(Permissions.Sell)
            .Produces<PaymentAnswer>(StatusCodes.Status201Created).Produces<PaymentAnswer>();

    private static async Task<IResult> Handle(
        Request request, IdempotencyKey key, Caller caller, PaymentsDb db, PaymentTickets tickets, PaystackAccounts accounts, Initiation initiation,
        PaymentsOptions options, LogScope scope, CancellationToken ct)
    {
        // Load.
        var account = await accounts.Of(caller.TenantId, ct);
        if (account.Key is null)
            return Problems.PaystackNotConfigured.ToHttp();
        if (request.Check() is { } invalid)
            return invalid.ToHttp();
        if (tickets.Read(request.Ticket) is not { } ticket || ticket.TenantId != caller.TenantId)
            return Problems.TicketInvalid.ToHttp();
        scope.About(ticket.SaleId);
        if (!PaystackAmount.Takes(ticket.Currency))
            return Problems.CurrencyNotTaken.With(ticket.Currency).ToHttp();
        var fingerprint = Idempotency.Fingerprint(request);

        // Decide and save, before Paystack is called.
        var claimed = await db.InTenant<Claim>(
            caller.TenantId, () => Enter(db, caller.TenantId, account, ticket, request, key, fingerprint, options, ct), ct);
        if (claimed.Problem is { } refused)
            return refused.ToHttp();
        var claim = claimed.Value!;
        if (claim.Payment is not { } payment)
            return Idempotency.Answer(claim.Key, fingerprint);

        // From here a caller who hangs up changes nothing.
        if (claim.IsNew)
        {
            if (await initiation.Begin(caller.TenantId, payment, request, CancellationToken.None) is not { } nothingDone)
                return await Answer(db, caller.TenantId, key, payment.Id, StatusCodes.Status201Created);
            await Forget(db, caller.TenantId, key);
            return nothingDone.ToHttp();
        }

        await initiation.Begun(caller.TenantId, payment.Id, Patience, ct);
        return await Answer(db, caller.TenantId, key, payment.Id, StatusCodes.Status200OK);
    }

    private static async Task<Outcome<Claim>> Enter(
        PaymentsDb db, Guid tenant, TenantAccount account, PaymentTicket ticket, Request request,
        IdempotencyKey key, byte[] fingerprint, PaymentsOptions options, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO idempotency (tenant_id, route, key, fingerprint, status, body, at) VALUES ({tenant}, {Route}, {key.Value}, {fingerprint}, 0, '', {db.Now}) ON CONFLICT DO NOTHING", ct);
        var stored = await db.Idempotency.SingleAsync(row => row.Route == Route && row.Key == key.Value, ct);
        if (!stored.Fingerprint.AsSpan().SequenceEqual(fingerprint))
            return CommonProblems.IdempotencyKeyReused;
        if (stored.Status != 0)
            return new Claim(stored, Payment: null, IsNew: false);
        // One at a time for each tender, so that two tills, or one that is pressed twice, make one payment.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"{ticket.SaleId}/{ticket.Tender}"}, 0))", ct);
        var earlier = await db.Payments.AsNoTracking()
            .Where(row => row.SaleId == ticket.SaleId && row.Tender == ticket.Tender && PaymentStates.BarAnother.Contains(row.State))
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct);
        if (earlier is not null)
            return new Claim(stored, earlier, IsNew: false);
        if (ticket.ExpiresAt <= db.Now)
            return Problems.TicketExpired;
        var at = await Place(db, tenant, ticket, request.DedicatedAccount, ct);
        if (at.Problem is { } taken)
            return taken;
        var payment = new PaymentRow
        {
            Id = db.NewId(), SaleId = ticket.SaleId, Tender = ticket.Tender, Amount = ticket.Amount, Currency = ticket.Currency, Reference = NewReference(),
            State = PaymentStates.Initiated, Channel = request.Channel, CreatedAt = db.Now, ExpiresAt = EndOf(ticket, request.Channel, db.Now),
            Account = at.Value?.Account ?? account.Kind, CustomerPaysFees = account.CustomerPaysFees, TerminalId = request.Terminal,
            DedicatedAccountId = at.Value?.Id, AccountNumber = at.Value?.AccountNumber, AccountName = at.Value?.AccountName, Bank = at.Value?.Bank,
        };
        db.Add(payment);
        await db.Enter(tenant, payment, db.Now + options.SweepAfter, ct);
        return new Claim(stored, payment, IsNew: true);
    }

    /// <summary>The account number that it is to wait at, kept from others until it stands there: two would not know whose a transfer is.</summary>
    private static async Task<Outcome<DedicatedAccountRow?>> Place(PaymentsDb db, Guid tenant, PaymentTicket ticket, Guid? id, CancellationToken ct)
    {
        if (id is null)
            return (DedicatedAccountRow?)null;
        if (await db.LockDedicatedAccount(tenant, id.Value, ct) is not { Active: true } account)
            return Problems.DedicatedAccountUnknown;
        if (account.Currency != ticket.Currency)
            return Problems.CurrencyNotTaken.With($"the account takes {account.Currency}");
        return await db.OpenAt(account.Id, ct) is { } open ? Problems.DedicatedAccountBusy.With($"payment {open} waits there") : account;
    }

    /// <summary>When the ticket ends, or sooner where the channel does.</summary>
    private static DateTimeOffset EndOf(PaymentTicket ticket, string channel, DateTimeOffset now) =>
        PaymentsOptions.TimeOf(channel, ticket.Currency) is { } time && now + time < ticket.ExpiresAt ? now + time : ticket.ExpiresAt;

    /// <summary>160 bits of chance, in letters and digits that Paystack takes: nobody can guess another tenant's.</summary>
    private static string NewReference() => "ww-" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 32);

    /// <summary>The payment as it now is; kept under the key once Paystack has answered, so that a repeat gets the same bytes.</summary>
    private static async Task<IResult> Answer(PaymentsDb db, Guid tenant, IdempotencyKey key, Guid id, int status)
    {
        var answer = await db.InTenant<(int Status, string Body)>(tenant, async () =>
        {
            var stored = await db.Idempotency
                .FromSql($"SELECT * FROM idempotency WHERE tenant_id = {tenant} AND route = {Route} AND key = {key.Value} FOR UPDATE").SingleOrDefaultAsync();
            if (stored is { Status: not 0 })
                return (stored.Status, stored.Body);
            var payment = await db.Payments.AsNoTracking().SingleAsync(row => row.Id == id);
            var body = JsonSerializer.Serialize(PaymentAnswer.Of(payment), Json.Options);
            if (stored is not null && payment.AnsweredAt is not null)
                (stored.Status, stored.Body) = (status, body);
            return (status, body);
        }, CancellationToken.None);
        return TypedResults.Text(answer.Body, "application/json; charset=utf-8", statusCode: answer.Status);
    }

    private static Task Forget(PaymentsDb db, Guid tenant, IdempotencyKey key) => db.InTenant(tenant, () =>
        db.Idempotency.Where(row => row.Route == Route && row.Key == key.Value && row.Status == 0).ExecuteDeleteAsync(), CancellationToken.None);
}
