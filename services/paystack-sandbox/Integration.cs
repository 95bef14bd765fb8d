using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>The books of one secret key. Whoever reads and then writes holds <see cref="Gate"/>.</summary>
internal sealed class Integration
{
    readonly SortedDictionary<long, Transaction> transactions = [];
    readonly Dictionary<string, long> references = [];
    readonly SortedDictionary<long, Refund> refunds = [];
    readonly SortedDictionary<long, Delivery> deliveries = [];
    readonly Dictionary<string, Customer> customers = new(StringComparer.OrdinalIgnoreCase);
    readonly ConcurrentDictionary<long, TaskCompletionSource> untried = [];
    readonly string key;
    readonly Books books;
    readonly Journal journal;

    public Integration(string key, Books books, Journal journal)
    {
        (this.key, this.books, this.journal) = (key, books, journal);
        Switches = new Switches(books.Options);
        // Stable over restarts without being stored.
        Id = 100_000 + (BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(key))) % 900_000);
        Subaccounts = new Shelf<Subaccount>(journal, thing => new JournalLine(key) { Subaccount = thing });
        Splits = new Shelf<Split>(journal, thing => new JournalLine(key) { Split = thing });
        DedicatedAccounts = new Shelf<DedicatedAccount>(journal, thing => new JournalLine(key) { DedicatedAccount = thing });
        Terminals = new Shelf<Terminal>(journal, thing => new JournalLine(key) { Terminal = thing });
        Invoices = new Shelf<Invoice>(journal, thing => new JournalLine(key) { Invoice = thing });
        Pushes = new Shelf<Push>(journal, thing => new JournalLine(key) { Push = thing });
        Disputes = new Shelf<Dispute>(journal, thing => new JournalLine(key) { Dispute = thing });
        Payouts = new Shelf<Payout>(journal, thing => new JournalLine(key) { Payout = thing });
    }

    public Shelf<Subaccount> Subaccounts { get; }
    public Shelf<Split> Splits { get; }
    public Shelf<DedicatedAccount> DedicatedAccounts { get; }
    public Shelf<Terminal> Terminals { get; }
    public Shelf<Invoice> Invoices { get; }
    public Shelf<Push> Pushes { get; }
    public Shelf<Dispute> Disputes { get; }
    public Shelf<Payout> Payouts { get; }

    public Lock Gate { get; } = new();
    public long Id { get; }
    public Switches Switches { get; }
    public SandboxClock Clock => books.Clock;
    public SandboxOptions Options => books.Options;
    public IEnumerable<Transaction> Transactions => transactions.Values;
    public IEnumerable<Refund> Refunds => refunds.Values;
    public IEnumerable<Delivery> Deliveries => deliveries.Values;

    public long NextId() => books.NextId();
    public Transaction? Find(string reference) => references.TryGetValue(reference, out var id) ? transactions[id] : null;
    public Transaction? Find(long id) => transactions.GetValueOrDefault(id);
    public Refund? FindRefund(long id) => refunds.GetValueOrDefault(id);
    public IEnumerable<Refund> RefundsOf(string reference) => refunds.Values.Where(r => r.TransactionReference == reference);

    public Customer CustomerOf(string email)
    {
        if (!customers.TryGetValue(email, out var customer))
            customers[email] = customer = new Customer(NextId(), "CUS_" + RandomNumberGenerator.GetHexString(15, lowercase: true), email);
        return customer;
    }

    /// <summary>By its code or its number.</summary>
    public Customer? FindCustomer(string name) =>
        customers.Values.FirstOrDefault(c => c.Code == name || c.Email == name || c.Id.ToString(CultureInfo.InvariantCulture) == name);

    public Transaction Save(Transaction transaction)
    {
        Keep(transaction);
        journal.Append(new JournalLine(key, Transaction: transaction));
        return transaction;
    }

    public Refund Save(Refund refund)
    {
        refunds[refund.Id] = refund;
        journal.Append(new JournalLine(key, Refund: refund));
        return refund;
    }

    public Delivery Save(Delivery delivery)
    {
        deliveries[delivery.Id] = delivery;
        journal.Append(new JournalLine(key, Delivery: delivery));
        return delivery;
    }

    /// <summary>Signs an event and sends it on its way, unless a switch drops or holds it.</summary>
    public void Announce(string name, string? reference, JsonNode data)
    {
        var body = new JsonObject { ["event"] = name, ["data"] = data }.ToJsonString(Wire.Json);
        Send(name, reference, body, Sign(body));
    }

    public void Send(string name, string? reference, string body, string signature)
    {
        var delivery = Save(new Delivery(NextId(), name, reference, body, signature, Clock.Now)
        {
            State = Switches.Webhooks switch { "drop" => "dropped", "hold" => "held", _ => "pending" },
        });
        if (delivery.State is "pending")
            Dispatch(delivery);
    }

    /// <summary>Sends it on its way; an integration without a URL has nobody to tell.</summary>
    public void Dispatch(Delivery delivery)
    {
        if (Switches.WebhookUrl is null)
        {
            Save(delivery with { State = "dropped" });
            return;
        }
        untried[delivery.Id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        books.Outgoing.Writer.TryWrite((this, Save(delivery with { State = "pending" })));
    }

    public void Tried(long delivery)
    {
        if (untried.TryRemove(delivery, out var waiting))
            waiting.TrySetResult();
    }

    /// <summary>Ends when every event announced so far has been tried once.</summary>
    public Task AllTried() => Task.WhenAll(untried.Values.Select(t => t.Task));

    /// <summary>Lowercase hex HMAC-SHA512 of the body under the secret key.</summary>
    public string Sign(string body) =>
        Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(body)));

    /// <returns>The greatest id in the line.</returns>
    public long Restore(JournalLine line)
    {
        if (line.Transaction is { } transaction)
        {
            Keep(transaction);
            customers[transaction.Customer.Email] = transaction.Customer;
        }
        if (line.Refund is { } refund)
            refunds[refund.Id] = refund;
        if (line.Delivery is { } delivery)
            deliveries[delivery.Id] = delivery;
        long[] ids =
        [
            Subaccounts.Restore(line.Subaccount), Splits.Restore(line.Split), DedicatedAccounts.Restore(line.DedicatedAccount),
            Terminals.Restore(line.Terminal), Invoices.Restore(line.Invoice), Pushes.Restore(line.Push),
            Disputes.Restore(line.Dispute), Payouts.Restore(line.Payout),
        ];
        if (line.DedicatedAccount is { } dedicated)
            customers[dedicated.Customer.Email] = dedicated.Customer;
        return Math.Max(ids.Max(), Greatest(line));
    }

    static long Greatest(JournalLine line) =>
        Math.Max(Math.Max(line.Transaction?.Id ?? 0, line.Transaction?.Customer.Id ?? 0),
            Math.Max(line.Refund?.Id ?? 0, line.Delivery?.Id ?? 0));

    void Keep(Transaction transaction)
    {
        transactions[transaction.Id] = transaction;
        references[transaction.Reference] = transaction.Id;
        books.Index(this, transaction);
    }
}
