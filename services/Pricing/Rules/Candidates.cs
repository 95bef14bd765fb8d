namespace WebWaka.Pricing.Rules;

/// <summary>The promotions in question for one cart, each with the lines that may be its items. Kept and used again: what it costs grows
/// with the promotions that are in question, not with those there are.</summary>
internal sealed class Candidates
{
    const int Nothing = -1;

    ulong[] marks = [];
    int[] heads = [];
    int[] lines = [];
    int[] next = [];
    int entries;

    public ReadOnlySpan<ulong> Marks => marks.AsSpan(0, Words);

    int Words { get; set; }

    public void Start(int promotions)
    {
        Words = WordOf(promotions + 63);
        if (heads.Length < promotions)
        {
            marks = new ulong[Words];
            heads = new int[promotions];
            Array.Fill(heads, Nothing);
        }
    }

    /// <summary>Puts the promotion in question.</summary>
    public void Ask(int promotion) => marks[WordOf(promotion)] |= BitOf(promotion);

    public bool IsAsked(int promotion) => (marks[WordOf(promotion)] & BitOf(promotion)) != 0;

    /// <summary>Lines come from the last to the first, so that each promotion finds its own in rising order.</summary>
    public void Add(int[] promotions, int line)
    {
        foreach (var at in promotions)
        {
            var head = heads[at];
            if (head != Nothing && lines[head] == line) continue;
            if (entries == lines.Length) Grow();
            lines[entries] = line;
            next[entries] = head;
            heads[at] = entries++;
            Ask(at);
        }
    }

    /// <summary>Writes the promotion's lines in rising order and answers how many.</summary>
    public int LinesOf(int promotion, int[] places)
    {
        var count = 0;
        for (var at = heads[promotion]; at != Nothing; at = next[at]) places[count++] = lines[at];
        return count;
    }

    /// <summary>Forgets the cart; touches only what it touched.</summary>
    public void Clear()
    {
        for (var word = 0; word < Words; word++)
        {
            for (var rest = marks[word]; rest != 0; rest &= rest - 1)
                heads[(word << 6) + System.Numerics.BitOperations.TrailingZeroCount(rest)] = Nothing;
            marks[word] = 0;
        }

        entries = 0;
    }

    static int WordOf(int promotion) => promotion >> 6;

    static ulong BitOf(int promotion) => 1UL << promotion;

    void Grow()
    {
        Array.Resize(ref lines, Math.Max(64, lines.Length * 2));
        Array.Resize(ref next, lines.Length);
    }
}
