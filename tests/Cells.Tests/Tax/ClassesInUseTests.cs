using System.Text.Json;
using System.Text.Json.Nodes;
using WebWaka.CellKit;
using WebWaka.Contracts.Inventory;
using static WebWaka.Cells.Tests.Tax.TaxRulesTests;

namespace WebWaka.Cells.Tests.Tax;

/// <summary>A class stays while products are in it: without it they could not be sold.</summary>
public sealed class ClassesInUseTests(CellsFixture cells)
{
    private static readonly object Books = new
    {
        taxClasses = new[] { new { code = "books", name = "Books", components = new[] { new { code = "VAT", rate = "5" } } } },
    };

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static ProductChanged Product(Guid id, string taxClass, long version = 1, bool archived = false) =>
        new(id, version, "SKU", "Name", "1000", taxClass, null, null, [], [], true, archived);

    [Fact]
    public async Task A_class_of_ones_own_stays_while_products_are_in_it()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        await Put(shop, Books, 1).Is(200);
        var (one, two) = (NewId(), NewId());
        await shop.Hear(Product(one, "books"));
        await shop.Hear(Product(two, "books"));
        await shop.Hear(Product(NewId(), "standard"));
        await (await cells.ShopIn("NG", "NGN")).Hear(Product(NewId(), "books"));

        var refused = await Put(shop, new { }, 2).IsProblem(409, "tax_class_in_use");
        Assert.Equal("""[{"code":"books","products":2}]""", refused["classes"]!.ToJsonString());
        Assert.Equal(2, (int)(await Rules(shop))["version"]!);

        // An older version of a product says nothing any more, an archived one is not sold.
        await shop.Hear(Product(one, "standard", version: 3));
        await shop.Hear(Product(one, "books", version: 2));
        await Put(shop, new { }, 2).IsProblem(409, "tax_class_in_use");
        await shop.Hear(Product(two, "books", version: 2, archived: true));
        await Put(shop, new { }, 2).Is(200);
    }

    [Fact]
    public async Task A_class_with_a_change_of_rate_is_not_gone()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        await shop.Hear(Product(NewId(), "standard"));
        await Put(shop, OwnStandard, 1).Is(200);
        await Put(shop, new { }, 2).Is(200);
    }

    [Fact]
    public async Task A_confirmation_is_not_withdrawn_from_a_class_with_products()
    {
        var shop = await cells.ShopIn("GB", "GBP");
        var unconfirmed = (await Rules(shop))["pack"]!["unconfirmed"]!.AsArray();
        string[] keys = [.. unconfirmed.Select(rule => (string)rule!["key"]!).Where(key => key.StartsWith("reduced/"))];
        await Confirm(shop, new { confirm = keys }, 1).Is(200);
        await shop.Hear(Product(NewId(), "reduced"));
        await Confirm(shop, new { withdraw = keys }, 2).IsProblem(409, "tax_class_in_use");
    }

    [Fact]
    public async Task A_pack_without_the_class_is_taken_once_no_product_is_in_it_and_a_dry_run_says_so()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        var good = NewId();
        await shop.Hear(Product(good, "suspended"));
        var dry = await Apply(shop, "ZZ", 1, dryRun: true).Is(200);
        Assert.Equal("""[{"code":"suspended","products":1}]""", dry["inUse"]!.ToJsonString());
        await Apply(shop, "ZZ", 1).IsProblem(409, "tax_class_in_use");
        await shop.Hear(Product(good, "standard", version: 2));
        Assert.Empty((await Apply(shop, "ZZ", 1).Is(200))["inUse"]!.AsArray());
    }

    [Fact]
    public async Task Versions_of_one_product_in_one_batch_leave_the_newest()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        await Put(shop, Books, 1).Is(200);
        var good = NewId();
        var batch = Enumerable.Range(1, 9).Reverse().Select(version => new Envelope(
            shop.Tenant, NewId(), nameof(ProductChanged), JsonSerializer.Serialize(Product(good, version == 9 ? "books" : "standard", version), Json.Options),
            TimeProvider.System.GetUtcNow(), Trace: null));
        Assert.Empty(await cells.Transport.Send([.. batch], CancellationToken.None));
        await Put(shop, new { }, 2).IsProblem(409, "tax_class_in_use");
    }
}
