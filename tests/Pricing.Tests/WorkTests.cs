using WebWaka.Pricing.Steps;

namespace WebWaka.Pricing.Tests;

/// <summary>What is kept from one cart to the next: room, never what was in it.</summary>
public sealed class WorkTests
{
    static readonly RuleBook Rules = new();

    static readonly Cart Cart = Make.Cart(Make.Line(1, 100));

    static Work Start() => Work.Start(Cart, Rules.Index, everyRule: false, skipped: false);

    [Fact]
    public void The_room_of_one_cart_is_used_again_up_to_512_lines()
    {
        var work = Start();
        work.Take(512);
        work.End();
        Assert.Same(work, Start());
        work.Take(513);
        work.End();
        Assert.NotSame(work, Start());
    }

    [Fact]
    public void Room_grows_by_doubling_up_to_512_lines()
    {
        var work = new Work();
        foreach (var (lines, room) in new[] { (10, 10), (10, 10), (11, 20), (45, 45), (300, 300), (301, 512), (513, 513) })
        {
            Assert.Equal(lines, work.Take(lines).Length);
            Assert.Equal((room, room, room), (work.Weights.Length, work.Parts.Length, work.Places.Length));
        }
    }

    [Fact]
    public void A_book_makes_its_index_once_and_each_reason_too()
    {
        var rules = Make.Rules(new PercentOff { Id = Make.Id(1), Percent = 10, Conditions = new() { FirstPurchaseOnly = true } });
        Assert.Same(rules.Index, rules.Index);
        Assert.NotSame(rules.Index, (rules with { }).Index);
        Assert.Same(Pricer.Price(Cart, rules).Must().NotApplied[0], Pricer.Price(Cart, rules).Must().NotApplied[0]);
    }

    [Fact]
    public void The_taxes_of_at_most_256_sets_of_zones_are_kept()
    {
        var zones = Enumerable.Range(1, 300).Select(i => new TaxZone($"z{i:000}", [])).ToArray();
        var index = new RuleBook { Zones = zones, TaxClasses = [Make.Class("a", Make.Vat(5) with { Zones = ["z001"] })] }.Index;
        bool IsKept(string zone)
        {
            index.TableFor([zone], out var first);
            index.TableFor([zone], out var second);
            return ReferenceEquals(first, second);
        }

        // Besides the one for no zone, made when the book was checked in the order of its zones.
        Assert.Equal((true, true, false), (IsKept("z001"), IsKept("z255"), IsKept("z256")));
    }

    /// <summary>A cart of 20 lines with 200 promotions and three taxes: its answer is most of what it allocates.</summary>
    [Fact]
    public void A_second_cart_costs_little_more_memory_than_its_answer()
    {
        var rules = new RuleBook
        {
            DefaultTaxClass = "t",
            TaxClasses = [Make.Class("t", Make.Vat(4, "A"), Make.Vat(5, "B"), Make.Vat(6, "C"))],
            Promotions = [.. Enumerable.Range(1, 200).Select(i => new PercentOff { Id = Make.Id(i), Percent = 5, Items = new() { Products = [Make.Id(i)] } })],
        };
        var cart = Make.Cart([.. Enumerable.Range(1, 20).Select(i => Make.Line(i, 1_000))]);
        for (var i = 0; i < 3; i++) Pricer.Price(cart, rules).Must();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Pricer.Price(cart, rules).Must();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 20_000);
    }
}
