using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>
/// The customer's, the bank's and the device's hand. All take the integration's own Bearer key.
/// <code>
/// POST /sandbox/dedicated     {accountNumber, amount}                       a transfer to a dedicated account
/// PUT  /sandbox/terminals     {terminalId, online?, available?, delivers?}  a device that is off, busy, or shows nothing
/// POST /sandbox/terminals     {terminalId, events? both|reversed|charge|request, amount?, decline?}   the customer at the device
/// POST /sandbox/disputes      {reference, amount?, dueInSeconds?}           a bank complains
/// POST /sandbox/disputes/{id} {action: remind | auto-accepted | merchant-accepted | declined}
/// POST /sandbox/settlements   {currency?, subaccount?, omit?, skew?}        a payout; skew in subunits is a wrong one
/// </code>
/// </summary>
internal static class AdminMoney
{
    public static void Map(RouteGroupBuilder admin)
    {
        admin.MapPost("/dedicated", PayDedicated);
        admin.MapPut("/terminals", SetTerminal);
        admin.MapPost("/terminals", AtTerminal);
        admin.MapPost("/disputes", OpenDispute);
        admin.MapPost("/disputes/{id:long}", MoveDispute);
        admin.MapPost("/settlements", Settle);
    }

    static Answer PayDedicated(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (books.DedicatedAccounts.All.FirstOrDefault(a => a.Active && a.AccountNumber == body.Text("accountNumber")) is not { } account)
                return Refusals.NotFound("Dedicated account");
            if (body.Amount("amount") is not (var amount, null))
                return Refusals.AmountInvalid();
            var split = books.Splits.All.FirstOrDefault(s => s.Code is not null && s.Code == account.SplitCode);
            var transaction = new Transaction
            {
                Id = books.NextId(), Reference = $"{books.NextId()}{Random.Shared.Next(1000, 9999)}",
                AccessCode = RandomNumberGenerator.GetHexString(15, lowercase: true),
                Customer = account.Customer, RequestedAmount = amount, Amount = amount, Currency = account.Currency, EntryPoint = "dedicated_nuban",
                CreatedAt = books.Clock.Now, Channel = "dedicated_nuban", Split = split, ReceiverAccount = account.AccountNumber,
            };
            return Answer.Ok("Paid", TransactionJson.Of(Settlement.Succeed(books, transaction)));
        }
    }

    static Answer SetTerminal(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (Terminals.Find(books, body.Text("terminalId")) is not { } terminal)
                return Refusals.NotFound("Terminal");
            bool Flag(string name, bool now) => body[name] is null ? now : body.Flag(name);
            books.Terminals.Save(terminal with
            {
                Online = Flag("online", terminal.Online), Available = Flag("available", terminal.Available), Delivers = Flag("delivers", terminal.Delivers),
            });
            return Answer.Ok("Set", new JsonObject());
        }
    }

    static Answer AtTerminal(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            var (push, invoice) = Device.Waiting(books).FirstOrDefault(w => w.Push.TerminalId == body.Text("terminalId"));
            if (push is null)
                return Refusals.NotFound("Push");
            if (body.Flag("decline"))
            {
                Device.Decline(books, push, invoice);
                return Answer.Ok("Declined", new JsonObject());
            }

            var amount = body.Amount("amount") is (var other, null) ? other : (long?)null;
            return Answer.Ok("Paid", TransactionJson.Of(Device.Pay(books, push, invoice, body.Text("events") ?? "both", amount)));
        }
    }

    static Answer OpenDispute(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (books.Find(body.Text("reference") ?? "") is not { IsPaid: true } transaction)
                return Refusals.TransactionNotFound();
            var amount = body.Amount("amount") is (var asked, null) ? asked : transaction.Amount;
            if (Disputing.TakenBack(books, transaction) + amount > transaction.Amount)
                return Refusals.Invalid("Refund amount cannot be greater than initial amount");
            var due = int.TryParse(body.Text("dueInSeconds"), out var seconds) ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
            return Answer.Ok("Opened", DisputeJson.Of(books, Disputing.Open(books, transaction, amount, due)));
        }
    }

    static Answer MoveDispute(long id, Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (books.Disputes.Find(id) is not { } dispute)
                return Refusals.NotFound("Dispute");
            if (body.Text("action") is "remind")
                Disputing.Remind(books, dispute);
            else if (body.Text("action") is "auto-accepted" or "merchant-accepted" or "declined" && dispute.IsOpen)
                dispute = Disputing.Resolve(books, dispute, body.Text("action")!);
            else
                return Refusals.Invalid("Unknown action, or the dispute is resolved");
            return Answer.Ok("Moved", DisputeJson.Of(books, dispute));
        }
    }

    static Answer Settle(Body body, HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            var skew = long.TryParse(body.Text("skew"), out var asked) ? asked : 0;
            var made = Payouts.Make(books, body.Text("currency") ?? books.Switches.DefaultCurrency, body.Text("subaccount"), body.Text("omit"), skew);
            return Answer.Ok("Settled", new JsonObject { ["id"] = made?.Id, ["total_amount"] = made?.Net });
        }
    }
}
