using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Terminals;

/// <summary>
/// A payment at a terminal: a payment request, pushed to the device. Two events tell of its money, one under our request and one under a
/// reference that Paystack made; whichever comes, the request is asked, and the charge is looked for beside it.
/// </summary>
internal sealed class AtTerminal(PaymentsDb db, PaystackClient paystack)
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Recently = TimeSpan.FromDays(7);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(700);
    private const int Glances = 3;

    /// <summary>How it began. <paramref name="Problem"/>: nothing was shown to anybody, and another attempt may be made at once.</summary>
    internal sealed record Begun(Problem? Problem, string? State = null, string? Reason = null);

    public async Task<Begun> Begin(Guid tenant, PaymentRow payment, PaystackKey key, string email, string? split, CancellationToken ct)
    {
        var terminal = payment.TerminalId!;
        if (await Refusal(key, terminal, ct) is { } notReady)
            return new Begun(notReady);
        var amount = PaystackAmount.FromMinor(payment.Amount, payment.Currency);
        // A request that nobody has pushed cannot be paid: when its answer is lost, a new one is made.
        if (await paystack.CreateCustomer(key, email, ct) is not PaystackOutcome<string>.Done { Data: var customer })
            return new Begun(Problems.PaystackUnavailable);
        var made = await paystack.CreateInvoice(key, customer, amount, $"Sale {payment.SaleId:N}", split, ct);
        if (made is PaystackOutcome<PaystackInvoice>.Refused { Error: var error })
            return new Begun(null, PaymentStates.Failed, Text.Short(error.Message));
        if (made is not PaystackOutcome<PaystackInvoice>.Done { Data: var invoice })
            return new Begun(Problems.PaystackUnavailable);

        // Known before the customer can pay, so that an event that is faster finds it.
        await db.InTenant(tenant, async () =>
        {
            var row = await db.LockPayment(tenant, payment.Id, ct);
            (row.RequestId, row.RequestCode) = (invoice.Id, invoice.Code);
            await db.EnterAlias(tenant, row, invoice.Code, ct);
            return row.State;
        }, ct);
        var pushed = await paystack.Push(key, terminal, invoice.Id, invoice.OfflineReference, ct);
        if (pushed is PaystackOutcome<string>.Done { Data: var push })
            return await Glimpse(tenant, payment, key, push, ct);
        // It may be on the device: archived, it cannot be paid there.
        await paystack.ArchiveInvoice(key, invoice.Id, ct);
        return pushed is PaystackOutcome<string>.Unknown { Why: var why } ? new Begun(null, PaymentStates.Unknown, why) : new Begun(Problems.TerminalNotReady);
    }

    /// <summary>What its request says, with the charge that paid it where there is one.</summary>
    public async Task<PaystackOutcome<PaystackTransaction>> Verify(Guid tenant, PaymentRow payment, PaystackKey key, CancellationToken ct)
    {
        if (payment.RequestCode is null)
            return new PaystackOutcome<PaystackTransaction>.Refused(new PaystackError(404, "Nothing was pushed", "transaction_not_found"));
        if (payment is { PushId: { } push, DeliveredAt: null })
            await Look(tenant, payment, key, push, ct);
        var answer = await paystack.VerifyInvoice(key, payment.RequestCode, ct);
        if (answer is not PaystackOutcome<PaystackInvoice>.Done { Data: var invoice })
            return answer is PaystackOutcome<PaystackInvoice>.Refused { Error: var error }
                ? new PaystackOutcome<PaystackTransaction>.Refused(error)
                : new PaystackOutcome<PaystackTransaction>.NotDone("Paystack did not answer");
        if (!invoice.Paid)
            return new PaystackOutcome<PaystackTransaction>.Done(Of(payment, invoice, invoice.Status is "archived" ? "failed" : "ongoing"));
        return await Charge(tenant, payment, invoice, key, ct);
    }

    /// <summary>The charge of a request is the one at its device that nobody else has claimed, nearest to when the request was paid.</summary>
    private async Task<PaystackOutcome<PaystackTransaction>> Charge(
        Guid tenant, PaymentRow payment, PaystackInvoice invoice, PaystackKey key, CancellationToken ct)
    {
        if (await paystack.ListAtTerminal(key, payment.TerminalId!, payment.CreatedAt - Slack, ct)
            is not PaystackOutcome<PaystackPage<PaystackTransaction>>.Done { Data: var page })
            return new PaystackOutcome<PaystackTransaction>.NotDone("Paystack did not answer");
        var since = payment.CreatedAt - Recently;
        var claimed = await db.InTenant(tenant, () => db.Payments
            .Where(row => row.Id != payment.Id && row.TerminalId == payment.TerminalId && row.CreatedAt >= since && row.TransactionId != null)
            .Select(row => row.TransactionId!.Value).ToListAsync(ct), ct);
        var charge = page.Items.Where(item => !claimed.Contains(item.Id) && item.PaidAt >= payment.CreatedAt - Slack)
            .OrderBy(item => item.Amount == invoice.Amount ? 0 : 1)
            .ThenBy(item => Math.Abs(((item.PaidAt - invoice.PaidAt) ?? TimeSpan.Zero).Ticks)).FirstOrDefault();
        return new PaystackOutcome<PaystackTransaction>.Done(charge is null
            ? Of(payment, invoice, "success")
            : charge with { Reference = payment.Reference, Alias = charge.Reference, RequestedSubunits = null });
    }

    private static PaystackTransaction Of(PaymentRow payment, PaystackInvoice invoice, string status) => new()
    {
        Id = 0, Reference = payment.Reference, Status = status, Amount = invoice.Amount, PaidAt = invoice.PaidAt, Channel = "pos",
        Message = status is "failed" ? "it was cancelled" : null,
    };

    /// <summary>A device that is off or busy is not pushed to.</summary>
    private async Task<Problem?> Refusal(PaystackKey key, string terminal, CancellationToken ct) => await paystack.GetPresence(key, terminal, ct) switch
    {
        PaystackOutcome<PaystackPresence>.Done { Data: { Online: true, Available: true } } => null,
        PaystackOutcome<PaystackPresence>.Done { Data: { Online: false } } => Problems.TerminalNotReady.With("the terminal is offline"),
        PaystackOutcome<PaystackPresence>.Done => Problems.TerminalNotReady.With("the terminal is busy"),
        PaystackOutcome<PaystackPresence>.Refused => Problems.TerminalNotReady.With("Paystack knows no such terminal"),
        _ => Problems.PaystackUnavailable,
    };

    /// <summary>"Sent" is not "shown": a device mostly shows it within a second or two.</summary>
    private async Task<Begun> Glimpse(Guid tenant, PaymentRow payment, PaystackKey key, string push, CancellationToken ct)
    {
        await db.InTenant(tenant, async () =>
        {
            var row = await db.LockPayment(tenant, payment.Id, ct);
            row.PushId = push;
            return row.State;
        }, ct);
        for (var glance = 0; glance < Glances && !await Look(tenant, payment, key, push, ct); glance++)
            await Task.Delay(Glance, db.Clock, ct);
        return new Begun(Problem: null);
    }

    private async Task<bool> Look(Guid tenant, PaymentRow payment, PaystackKey key, string push, CancellationToken ct)
    {
        var answer = await paystack.GetPush(key, payment.TerminalId!, push, ct);
        var shown = answer is PaystackOutcome<JsonBox>.Done { Data: var box } && box.Data.Flag("delivered") is true;
        return await db.InTenant(tenant, async () =>
        {
            var row = await db.LockPayment(tenant, payment.Id, ct);
            if (shown)
                (row.DeliveredAt, row.Notice) = (row.DeliveredAt ?? db.Now, null);
            else if (row.DeliveredAt is null)
                row.Notice = "the terminal has not shown it yet: cancel it or take another tender";
            return shown;
        }, ct);
    }
}
