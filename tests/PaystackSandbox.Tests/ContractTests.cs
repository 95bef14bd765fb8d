using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox.Tests;

/// <summary>
/// The sandbox's answers against Paystack's own OpenAPI document: each required member is there and of its type. The document calls
/// members non-null that Paystack's samples hold as null, and objects that they hold as {} or ""; those are let pass.
/// </summary>
public sealed class ContractTests : IAsyncLifetime
{
    SandboxHost sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxHost.Start();
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 30000, currency = "NGN", reference = "paid" });
        await sandbox.Data("sandbox/settle", new { reference = "paid" });
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 30000, currency = "NGN", reference = "open" });
    }

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Theory]
    [InlineData("TransactionInitializeResponse", "transaction/initialize",
        """{"email":"a@shop.test","amount":30000,"currency":"NGN","reference":"new"}""")]
    [InlineData("ChargeCreateResponse", "charge",
        """{"email":"a@shop.test","amount":30000,"currency":"GHS","mobile_money":{"provider":"mtn","phone":"0551234987"}}""")]
    [InlineData("RefundCreateResponse", "refund", """{"transaction":"paid","amount":1000,"currency":"NGN"}""")]
    [InlineData("VerifyResponse", "transaction/verify/paid", null)]
    [InlineData("VerifyResponse", "transaction/verify/open", null)]
    [InlineData("TransactionListResponse", "transaction", null)]
    [InlineData("TransactionFetchResponse", "transaction/{id}", null)]
    public async Task An_answer_has_what_the_document_requires(string schema, string path, string? body)
    {
        if (path.Contains("{id}"))
            path = path.Replace("{id}", $"{(await sandbox.Data("transaction/verify/paid"))["id"]}");
        Assert.Empty(await Differences(schema, path, body));
    }

    [Theory]
    [InlineData("RefundListResponse", "refund")]
    [InlineData("RefundFetchResponse", "refund/{id}")]
    public async Task A_refund_that_is_read_has_what_the_document_requires(string schema, string path)
    {
        var id = (await sandbox.Data("refund", new { transaction = "paid", amount = 1000 }))["id"];
        Assert.Empty(await Differences(schema, path.Replace("{id}", $"{id}"), null));
    }

    /// <summary>Everything the sandbox keeps beside payments: made first, so that each list and each read has something to show.</summary>
    [Theory]
    [InlineData("SubaccountCreateResponse", "subaccount", """{"business_name":"New","bank_code":"058","account_number":"0123456789","percentage_charge":3}""")]
    [InlineData("SubaccountListResponse", "subaccount", null)]
    [InlineData("SubaccountFetchResponse", "subaccount/{subaccount}", null)]
    [InlineData("SplitCreateResponse", "split",
        """{"name":"S","type":"percentage","currency":"NGN","bearer_type":"account","subaccounts":[{"subaccount":"{subaccount}","share":20}]}""")]
    [InlineData("SplitListResponse", "split", null)]
    [InlineData("SplitFetchResponse", "split/{split}", null)]
    [InlineData("SplitAddUpdateSubaccountResponse", "split/{split}/subaccount/add", """{"subaccount":"{subaccount}","share":30}""")]
    [InlineData("CustomerCreateResponse", "customer", """{"email":"b@shop.test"}""")]
    [InlineData("DedicatedNubanCreateResponse", "dedicated_account", """{"customer":"{customer}","preferred_bank":"test-bank"}""")]
    [InlineData("DedicatedNubanListResponse", "dedicated_account", null)]
    [InlineData("DedicatedNubanFetchResponse", "dedicated_account/{dedicated}", null)]
    [InlineData("TerminalListsResponse", "terminal", null)]
    [InlineData("TerminalGetResponse", "terminal/{terminal}", null)]
    [InlineData("TerminalGetStatusResponse", "terminal/{terminal}/presence", null)]
    [InlineData("PaymentRequestCreateResponse", "paymentrequest", """{"customer":"{customer}","amount":42000,"currency":"NGN"}""")]
    [InlineData("PaymentRequestVerifyResponse", "paymentrequest/verify/{request}", null)]
    [InlineData("DisputeListResponse", "dispute", null)]
    [InlineData("DisputeFetchResponse", "dispute/{dispute}", null)]
    [InlineData("DisputeListTransactionResponse", "dispute/transaction/{id}", null)]
    [InlineData("DisputeAddEvidenceResponse", "dispute/{dispute}/evidence",
        """{"customer_email":"a@b.test","customer_name":"A","customer_phone":"080","service_details":"Rice"}""")]
    [InlineData("Response", "settlement", null)]
    [InlineData("MiscellaneousListBanksResponse", "bank?currency=NGN", null)]
    [InlineData("VerificationResolveAccountNumberResponse", "bank/resolve?account_number=0123456789&bank_code=058", null)]
    [InlineData("TransactionTotalsResponse", "transaction/totals", null)]
    [InlineData("TransactionTimelineResponse", "transaction/timeline/paid", null)]
    public async Task What_is_kept_beside_payments_has_what_the_document_requires(string schema, string path, string? body)
    {
        var names = await Kept();
        foreach (var (name, value) in names)
            (path, body) = (path.Replace($"{{{name}}}", value), body?.Replace($"{{{name}}}", value));
        Assert.Equal(KnownFaults.GetValueOrDefault(schema, []), await Differences(schema, path, body));
    }

    /// <summary>Where the document contradicts Paystack's own samples, the sandbox follows the samples; each such place is named here.</summary>
    static readonly Dictionary<string, string[]> KnownFaults = new()
    {
        // Lists of the generic answer are arrays, and it says object.
        ["Response"] = ["/data is Array, not object"],
    };

    async Task<Dictionary<string, string>> Kept()
    {
        var subaccount = (await sandbox.Post("subaccount",
            new { business_name = "Shop", settlement_bank = "058", account_number = "0123456789", percentage_charge = 3 })).Body["data"]!["subaccount_code"];
        var split = (await sandbox.Data("split", new
        {
            name = "Of the shop", type = "percentage", currency = "NGN", subaccounts = new[] { new { subaccount, share = 97 } },
        }))["id"];
        var customer = (await sandbox.Data("customer", new { email = "till@shop.test" }))["customer_code"];
        var dedicated = (await sandbox.Data("dedicated_account", new { customer }))["id"];
        await sandbox.Post("terminal/commission_device", new { serial_number = "PAX-1" });
        var terminal = (await sandbox.Get("terminal")).Body["data"]![0]!["terminal_id"];
        var request = (await sandbox.Data("paymentrequest", new { customer, amount = 42000, currency = "NGN" }))["request_code"];
        var dispute = (await sandbox.Data("sandbox/disputes", new { reference = "paid", amount = 1000 }))["id"];
        await sandbox.Data("sandbox/settlements", new { currency = "NGN" });
        return new()
        {
            ["subaccount"] = $"{subaccount}", ["split"] = $"{split}", ["customer"] = $"{customer}", ["dedicated"] = $"{dedicated}",
            ["terminal"] = $"{terminal}", ["request"] = $"{request}", ["dispute"] = $"{dispute}",
            ["id"] = $"{(await sandbox.Data("transaction/verify/paid"))["id"]}",
        };
    }

    [Fact]
    public void A_missing_member_and_a_wrong_type_are_seen()
    {
        var answer = JsonNode.Parse("""{"status":"yes","message":"m","data":{"access_code":"a","reference":"r"}}""");
        Assert.Equal(["/status is String, not boolean", "/data/authorization_url is missing"],
            OpenApi.Differences("TransactionInitializeResponse", answer));
    }

    async Task<List<string>> Differences(string schema, string path, string? body)
    {
        var (status, answer) = body is null ? await sandbox.Get(path) : await sandbox.Post(path, JsonNode.Parse(body)!);
        Assert.Equal(path is "subaccount" && body is not null ? 201 : 200, status);
        return OpenApi.Differences(schema, answer);
    }
}
