using System.Text.Json.Nodes;
using WebWaka.Contracts.Identity;
using WebWaka.Pricing;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>A promotion for a group of customers, from identity's door to the receipt.</summary>
public sealed class CustomerGroupTests(CellsFixture cells)
{
    private static PercentOff StaffTenth(PromotionCaps? caps = null) => new()
    {
        Id = SellingShop.NewId(), Name = "Staff", Percent = 10, Scope = PromotionScope.Order, Caps = caps ?? new(),
        Conditions = new() { CustomerGroups = ["staff"] },
    };

    private static async Task<JsonNode> Add(SellingShop shop, params string[] groups) =>
        await shop.Shop.Client("identity").Post("/api/customers", new { name = "Ada", groups }).Is(201);

    private static Task<JsonNode> Change(SellingShop shop, Guid customer, long version, bool archived, params string[] groups) => shop.Shop.Client("identity")
        .Send(HttpMethod.Put, $"/api/customers/{customer}", new { name = "Ada", groups, archived }, ifMatch: $"\"{version}\"").Is(200);

    /// <summary>What identity said has arrived once a quote takes off so much.</summary>
    private static async Task<JsonNode> QuoteOnce(SellingShop shop, Guid customer, long discount)
    {
        for (var tries = 0; ; tries++)
        {
            var quote = await shop.QuoteRice(customer);
            if ((long)quote["discount"]! == discount || tries == 200)
            {
                Assert.Equal(discount, (long)quote["discount"]!);
                return quote;
            }

            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task A_promotion_for_a_group_is_given_to_its_customers_and_to_nobody_else()
    {
        var shop = await SellingShop.Open(cells);
        var rule = StaffTenth();
        await shop.Gives(rule);
        var (staff, other) = ((Guid)(await Add(shop, "staff"))["id"]!, (Guid)(await Add(shop, "wholesale"))["id"]!);
        var quote = await QuoteOnce(shop, staff, Claiming.Rice / 10);
        Assert.Equal(rule.Id, (Guid)Assert.Single(quote["lines"]![0]!["discounts"]!.AsArray())!["promotion"]!);

        foreach (var customer in new Guid?[] { other, SellingShop.NewId(), null })
        {
            quote = await shop.QuoteRice(customer);
            Assert.Equal(0, (long)quote["discount"]!);
            Assert.Equal("other_customer_group", quote.WhyNot(rule.Id));
        }
    }

    [Fact]
    public async Task A_change_of_groups_prices_the_next_quote_and_never_an_older_receipt()
    {
        var shop = await SellingShop.Open(cells);
        var rule = StaffTenth();
        await shop.Gives(rule);
        var staff = (Guid)(await Add(shop, "staff"))["id"]!;
        await QuoteOnce(shop, staff, Claiming.Rice / 10);
        var (sold, quoted) = (await shop.CartOf(staff), await shop.CartOf(staff));
        await shop.Sell(sold).Is(201);

        await Change(shop, staff, 1, false, "former staff");
        Assert.Equal("other_customer_group", (await QuoteOnce(shop, staff, 0)).WhyNot(rule.Id));
        // What was quoted before and is paid now has another price: the customer is told.
        var moved = await shop.Sell(quoted).IsProblem(409, "price_changed");
        Assert.Equal(0, (long)moved["quote"]!["discount"]!);

        Assert.Equal(Claiming.Rice / 10, (long)(await shop.Cashier.GetAsync($"/api/sales/{sold.Id}").Is(200))["document"]!["discount"]!);
        var refund = await shop.Refund(sold);
        Assert.Equal((long)sold.Body["expectedTotal"]!, (long)refund["total"]!);
    }

    [Fact]
    public async Task An_archived_customer_is_in_no_group_and_an_older_version_changes_nothing()
    {
        var shop = await SellingShop.Open(cells);
        await shop.Gives(StaffTenth());
        var staff = SellingShop.NewId();
        await shop.Shop.Hear(new CustomerChanged(staff, 3, ["staff"], false));
        await shop.Shop.Hear(new CustomerChanged(staff, 2, [], false));
        Assert.Equal(Claiming.Rice / 10, (long)(await shop.QuoteRice(staff))["discount"]!);
        await shop.Shop.Hear(new CustomerChanged(staff, 4, ["staff"], true));
        Assert.Equal(0, (long)(await shop.QuoteRice(staff))["discount"]!);
    }

    [Fact]
    public async Task Groups_come_to_a_customer_who_has_bought_and_leave_their_purchases_and_points_alone()
    {
        var shop = await SellingShop.Open(cells);
        await shop.Gives(StaffTenth());
        var customer = SellingShop.NewId();
        await shop.Sell(await shop.CartOf(customer)).Is(201);
        await shop.Shop.Hear(new CustomerChanged(customer, 1, ["staff"], false));
        await shop.Sell(await shop.CartOf(customer)).Is(201);
        Assert.Equal(2, (long)(await shop.Cashier.GetAsync($"/api/loyalty/{customer}").Is(200))["purchases"]!);
        Assert.Equal(Claiming.Rice / 10, (long)(await shop.QuoteRice(customer))["discount"]!);
    }

    [Fact]
    public async Task A_cap_for_each_customer_holds_within_a_group_too()
    {
        var shop = await SellingShop.Open(cells);
        var rule = StaffTenth(new PromotionCaps { UsesPerCustomer = 1 });
        await shop.Gives(rule);
        var (ada, ben) = (SellingShop.NewId(), SellingShop.NewId());
        foreach (var staff in new[] { ada, ben })
            await shop.Shop.Hear(new CustomerChanged(staff, 1, ["staff"], false));
        var (sale, late) = (await shop.CartOf(ada), await shop.CartOf(ada));
        await shop.Sell(sale).Is(201);
        await shop.Sell(late).IsProblem(409, "price_changed");
        Assert.Equal("used_up_by_customer", (await shop.QuoteRice(ada)).WhyNot(rule.Id));
        Assert.Equal(Claiming.Rice / 10, (long)(await shop.QuoteRice(ben))["discount"]!);
    }

    [Fact]
    public async Task The_same_id_in_another_shop_is_another_customer()
    {
        var (mine, theirs) = (await SellingShop.Open(cells), await SellingShop.Open(cells));
        var staff = SellingShop.NewId();
        await theirs.Shop.Hear(new CustomerChanged(staff, 1, ["staff"], false));
        await mine.Gives(StaffTenth());
        Assert.Equal(0, (long)(await mine.QuoteRice(staff))["discount"]!);
    }
}
