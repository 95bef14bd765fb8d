using WebWaka.Payments.Core;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>
/// Whose a transfer to a shop's account number is. Payments: name, minute begun, amount, and o(pen), e(nded) or t(aken); transfers: minute,
/// amount.
/// </summary>
public sealed class TurnsTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 29, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("A 0 500 o", "1 500", "A<1", "the amount asked, in its turn")]
    [InlineData("A 0 500 o", "1 400", "A<1", "another amount is its own too, for a person")]
    [InlineData("A 0 500 o", "1 400|2 500", "A<1", "money came for it: the next is nobody's")]
    [InlineData("A 0 500 o", "2 400|1 500", "A<1", "the first that came, not the first that is told of")]
    [InlineData("A 0 500 o", "1 500|2 500", "A<1", "paid twice: the second is nobody's")]
    [InlineData("A 10 500 o", "1 500", "A<1", "the customer was faster than the cashier")]
    [InlineData("A 11 500 o", "0 500", "", "but not by so much")]
    [InlineData("A 10 500 e", "1 500", "", "nor to what had ended before it was looked at")]
    [InlineData("A 10 500 o", "1 400", "", "another amount of before is not its own")]
    [InlineData("A 0 500 e|B 10 500 o", "1 500", "A<1", "paid in its turn, however it ended")]
    [InlineData("A 0 500 e|B 10 500 o", "11 500", "B<11", "in the next one's turn it is the next one's")]
    [InlineData("A 0 500 e|B 10 300 o", "11 500", "A<11", "late, and only one asked for so much")]
    [InlineData("A 0 500 e|B 10 300 o", "11 400", "B<11", "nobody asked for so much: whose turn it is")]
    [InlineData("A 0 500 e|B 10 300 e", "11 400", "", "nobody asked and nobody waits")]
    [InlineData("A 0 500 t|B 10 500 o", "11 500", "B<11", "what has its money takes no more")]
    [InlineData("A 0 500 t|B 10 300 t", "11 300", "", "all have theirs")]
    [InlineData("A 0 500 e|B 10 500 e", "20 500", "B<20", "of two that are given up the later")]
    [InlineData("A 0 500 e|B 10 300 o", "1 500|11 300", "A<1 B<11", "each its own")]
    [InlineData("A 0 500 e|B 10 300 o", "11 300|1 500", "A<1 B<11", "in whatever order they are told")]
    [InlineData("A 0 500 e|B 10 500 o", "1 500|2 500", "A<1 B<2", "once paid twice, the second shortly before who asks for so much")]
    public void A_transfer_is_taken_by_whom_it_is_for(string payments, string transfers, string expected, string why)
    {
        var names = new Dictionary<Guid, string>();
        var waiting = payments.Split('|').Select(text =>
        {
            var (name, minute, amount, state) = text.Split(' ') switch { var w => (w[0], int.Parse(w[1]), long.Parse(w[2]), w[3]) };
            var id = Guid.CreateVersion7(Nine);
            names[id] = name;
            return new Waiting(id, Nine.AddMinutes(minute), amount, state == "o", state == "t");
        }).ToArray();
        var arrived = transfers.Split('|').Select(text => text.Split(' '))
            .Select((word, n) => new Arrived((ulong)n, Nine.AddMinutes(int.Parse(word[0])), long.Parse(word[1])));

        var own = Turns.Of(waiting, [.. arrived]);

        var found = string.Join(' ', own.Select(pair => $"{names[pair.Key]}<{(pair.Value.PaidAt - Nine).TotalMinutes}").Order(StringComparer.Ordinal));
        Assert.True(expected == found, $"{why}: {found} instead of {expected}");
    }

    /// <summary>A clock that is a little behind ours must not make a transfer somebody else's, nor a stranger's money this one's.</summary>
    [Fact]
    public void A_little_before_it_was_begun_only_the_exact_amount_counts()
    {
        var payment = new Waiting(Guid.CreateVersion7(Nine), Nine, 500, Open: true, Taken: false);
        var before = new Waiting(Guid.CreateVersion7(Nine), Nine.AddMinutes(-5), 500, Open: false, Taken: false);
        var at = Nine.AddSeconds(-20);
        Assert.Equal(payment.Id, Assert.Single(Turns.Of([before, payment], [new Arrived(1, at, 500)])).Key);
        Assert.Empty(Turns.Of([payment], [new Arrived(1, at, 400)]));
    }
}
