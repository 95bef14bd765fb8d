namespace WebWaka.PaystackSandbox.Tests;

public sealed class SharingTests : IAsyncLifetime
{
    SandboxHost sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await SandboxHost.Start();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Theory]
    [InlineData("account", 970_000, 5_000)]
    [InlineData("subaccount", 945_000, 30_000)]
    [InlineData("all", 957_500, 17_500)]
    [InlineData("all-proportional", 945_750, 29_250)]
    public async Task Whoever_bears_the_fee_the_shares_sum_to_the_amount(string bearer, long subaccounts, long integration)
    {
        var code = await Subaccount();
        var split = await sandbox.Data("split", new
        {
            name = "s", type = "percentage", currency = "NGN", bearer_type = bearer, bearer_subaccount = code,
            subaccounts = new[] { new { subaccount = code, share = 97 } },
        });
        await sandbox.Data("transaction/initialize",
            new { email = "a@shop.test", amount = 1_000_000, currency = "NGN", reference = "split", split_code = (string?)split["split_code"] });
        await sandbox.Data("sandbox/settle", new { reference = "split" });
        // 10,000.00: 1.5 % and 100.00 are 250.00.
        var shares = (await sandbox.Data("transaction/verify/split"))["split"]!["shares"]!;
        Assert.Equal((25_000L, subaccounts, integration),
            ((long)shares["paystack"]!, (long)shares["subaccounts"]![0]!["amount"]!, (long)shares["integration"]!));
        Assert.Equal(1_000_000, 25_000 + subaccounts + integration);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_shares_of_any_amount_sum_to_it(int seed)
    {
        var chance = new Random(seed);
        for (var i = 0; i < 5_000; i++)
        {
            var flat = chance.Next(2) == 0;
            var (amount, fee) = (chance.NextInt64(5_000, 10_000_000_000), chance.NextInt64(0, 200_000));
            var shares = Enumerable.Range(0, chance.Next(1, 5))
                .Select(n => new Share($"ACCT_{n}", n, "", flat ? chance.NextInt64(1, amount / 5) : chance.Next(1, 25))).ToArray();
            var bearer = ((string[])["account", "subaccount", "all", "all-proportional"])[chance.Next(4)];
            var split = new Split(1, "SPL_1", "", flat ? "flat" : "percentage", "NGN", bearer, "ACCT_0", shares, true, false, default, default);
            var got = Sharing.Of(split, amount, fee);
            Assert.True(amount == got.Paystack + got.Integration + got.Subaccounts.Sum(), $"{split} of {amount} with {fee}");
        }
    }

    [Theory]
    [InlineData("percentage", 60, "account", "Percentage shares may not sum to more than 100")]
    [InlineData("percentage", 40, "nobody", "Invalid bearer type : must be one of: subaccount, account, all-proportional or all")]
    [InlineData("percentage", 40, "subaccount", "bearer_subaccount must be in the group")]
    public async Task A_split_that_cannot_be_is_refused(string type, int share, string bearer, string message)
    {
        var (one, two) = (await Subaccount(), await Subaccount());
        var (status, answer) = await sandbox.Post("split", new
        {
            name = "s", type, currency = "NGN", bearer_type = bearer,
            subaccounts = new[] { new { subaccount = one, share }, new { subaccount = two, share } },
        });
        Assert.Equal((400, message), (status, (string?)answer["message"]));
    }

    [Fact]
    public async Task A_flat_charge_of_one_subaccount_and_a_split_in_another_currency()
    {
        var code = await Subaccount();
        await sandbox.Data("transaction/initialize", new
        {
            email = "a@shop.test", amount = 100_000, currency = "NGN", reference = "one", subaccount = code, transaction_charge = 5_000, bearer = "subaccount",
        });
        await sandbox.Data("sandbox/settle", new { reference = "one" });
        Assert.Equal(code, (string?)(await sandbox.Data("transaction/verify/one"))["subaccount"]!["subaccount_code"]);
        var payout = await sandbox.Data("sandbox/settlements", new { currency = "NGN", subaccount = code });
        Assert.Equal(95_000 - 1_500, (long)payout["total_amount"]!);

        var split = await sandbox.Data("split",
            new { name = "s", type = "percentage", currency = "NGN", subaccounts = new[] { new { subaccount = code, share = 50 } } });
        var (status, _) = await sandbox.Post("transaction/initialize",
            new { email = "a@shop.test", amount = 1000, currency = "GHS", split_code = (string?)split["split_code"] });
        Assert.Equal(400, status);
    }

    async Task<string> Subaccount() => (string)(await sandbox.Post("subaccount",
        new { business_name = "Shop", bank_code = "058", account_number = "0123456789", percentage_charge = 3 })).Body["data"]!["subaccount_code"]!;
}
