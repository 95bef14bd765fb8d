using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WebWaka.Payments.Paystack;

/// <summary>Dedicated accounts: a bank account number that stays one customer's. In Nigeria and in Ghana.</summary>
internal sealed partial class PaystackClient
{
    /// <summary>One customer for each address, however often it is asked for. A bank opens no account without a name and a telephone.</summary>
    public Task<PaystackOutcome<PaystackCustomer>> CreateCustomer(
        PaystackKey key, string email, string firstName, string lastName, string phone, CancellationToken ct) =>
        transport.Write(key, "customer", new JsonObject
        {
            ["email"] = email, ["first_name"] = firstName, ["last_name"] = lastName, ["phone"] = phone,
        }, PaystackCustomer.Read, ct);

    /// <param name="bank">The provider's slug; null: Paystack's choice.</param>
    public Task<PaystackOutcome<PaystackDedicatedAccount>> CreateDedicatedAccount(
        PaystackKey key, string customer, string? bank, string? split, CancellationToken ct)
    {
        var body = new JsonObject { ["customer"] = customer };
        body.Put("preferred_bank", bank);
        body.Put("split_code", split);
        return transport.Write(key, "dedicated_account", body, PaystackDedicatedAccount.Read, ct);
    }

    /// <summary>The active accounts of one customer, by its number.</summary>
    public Task<PaystackOutcome<PaystackPage<PaystackDedicatedAccount>>> ListDedicatedAccounts(PaystackKey key, ulong customer, CancellationToken ct) =>
        transport.ReadPage(
            key, string.Create(CultureInfo.InvariantCulture, $"dedicated_account?active=true&customer={customer}&perPage=100&page=1"),
            PaystackDedicatedAccount.Read, ct);

    /// <summary>Gives the number back: nothing can be paid to it any more.</summary>
    public Task<PaystackOutcome<JsonBox>> CloseDedicatedAccount(PaystackKey key, ulong id, CancellationToken ct) =>
        transport.Do(key, HttpMethod.Delete, string.Create(CultureInfo.InvariantCulture, $"dedicated_account/{id}"), [], ct);

    /// <summary>What was paid to an account number since then, newest first; pages count from 1.</summary>
    public Task<PaystackOutcome<PaystackPage<PaystackTransaction>>> ListAtAccount(
        PaystackKey key, string accountNumber, DateTimeOffset since, int page, CancellationToken ct) =>
        transport.ReadPage(
            key,
            $"transaction?perPage=100&page={page}&status=success&channel={PaystackTransaction.DedicatedAccount}&from={Moment(since)}"
                + $"&virtual_account_number={Uri.EscapeDataString(accountNumber)}",
            PaystackTransaction.Read, ct);
}

/// <summary>A customer as Paystack knows it: by a number in lists, by a code elsewhere.</summary>
internal sealed record PaystackCustomer(ulong Id, string Code)
{
    public static PaystackCustomer? Read(JsonElement data) =>
        data.Id("id") is { } id && data.Text("customer_code") is { } code ? new PaystackCustomer(id, code) : null;
}

internal sealed record PaystackDedicatedAccount(
    ulong Id, string CustomerCode, string AccountNumber, string AccountName, string Bank, string Currency, bool Active)
{
    public static PaystackDedicatedAccount? Read(JsonElement data) =>
        data.Id("id") is { } id && data.Text("account_number") is { } number && data.Text("account_name") is { } name && data.Text("currency") is { } currency
            && data.Object("customer")?.Text("customer_code") is { } customer && data.Object("bank")?.Text("name") is { } bank
            ? new PaystackDedicatedAccount(id, customer, number, name, bank, currency, data.Flag("active") is true)
            : null;
}
