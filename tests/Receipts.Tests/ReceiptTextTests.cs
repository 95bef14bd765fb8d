using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using WebWaka.History.Receipts;
using Xunit;

namespace WebWaka.Receipts.Tests;

public sealed class ReceiptTextTests
{
    public static TheoryData<string, int> Goldens => new()
    {
        { nameof(Samples.Nigeria), 42 }, { nameof(Samples.Nigeria), 32 }, { nameof(Samples.IvoryCoast), 42 }, { nameof(Samples.IvoryCoast), 32 },
        { nameof(Samples.CreditNoteCopy), 42 }, { nameof(Samples.Training), 32 },
    };

    internal static Receipt Sample(string name) => (Receipt)typeof(Samples).GetProperty(name)!.GetValue(null)!;

    /// <summary>A changed receipt is a decision: look at what the failed test wrote into the output's folder "seen" and check it in as golden.</summary>
    [Theory, MemberData(nameof(Goldens))]
    public void A_receipt_is_printed_as_it_was_agreed(string name, int columns)
    {
        var text = ReceiptText.Render(Sample(name), columns);
        var file = $"{name}.{columns}.txt";
        var seen = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "seen"));
        File.WriteAllText(Path.Combine(seen.FullName, file), text);
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", file)), text);
    }

    [Property(MaxTest = 500)]
    public Property No_name_and_no_amount_overflows_the_columns() => Prop.ForAll(Texts.Any.ToArbitrary(), Texts.Amounts.ToArbitrary(), (texts, amounts) =>
    {
        var receipt = Texts.Receipt(texts, amounts);
        return new[] { 32, 42 }.All(columns => ReceiptText.Render(receipt, columns).Split('\n').All(line => PlainText.Width(line) <= columns));
    });

    [Property(MaxTest = 200)]
    public Property Every_grapheme_of_a_name_is_printed() => Prop.ForAll(Texts.Any.ToArbitrary(), texts =>
    {
        var name = texts[0];
        var wrapped = PlainText.Wrap(PlainText.Clean(name), part => PlainText.Width(part) <= 32);
        return string.Concat(wrapped).Replace(" ", "") == PlainText.Clean(name).Replace(" ", "");
    });

    [Fact]
    public void A_grapheme_is_never_cut_in_two()
    {
        var lines = PlainText.Wrap(string.Concat(Enumerable.Repeat("ẹ̀", 20)), part => PlainText.Width(part) <= 8);
        var families = PlainText.Wrap(string.Concat(Enumerable.Repeat("👨‍👩‍👧", 5)), part => PlainText.Width(part) <= 5);
        Assert.Equal(["👨‍👩‍👧👨‍👩‍👧", "👨‍👩‍👧👨‍👩‍👧", "👨‍👩‍👧"], families);
        Assert.Equal([.. Enumerable.Repeat(string.Concat(Enumerable.Repeat("ẹ̀", 8)), 2), string.Concat(Enumerable.Repeat("ẹ̀", 4))], lines);
    }

    [Theory]
    [InlineData("Ọmọ", 3)]
    [InlineData("e\u0300", 1)]
    [InlineData("日本", 4)]
    [InlineData("👨‍👩‍👧", 2)]
    [InlineData("❤️", 2)]
    [InlineData("شاي", 3)]
    [InlineData("", 0)]
    public void Columns_are_counted_by_grapheme(string text, int columns) => Assert.Equal(columns, PlainText.Width(text));

    [Fact]
    public void A_name_cannot_break_the_line_or_turn_the_amount_beside_it()
    {
        Assert.Equal("a b", PlainText.Clean("\u202Ea\r\n\t b\u2066\u0007"));
        Assert.Equal("\uFFFDx", PlainText.Clean("\uD800x"));
    }

    [Fact]
    public void A_copy_says_so_at_the_top_and_at_the_foot()
    {
        var lines = ReceiptText.Render(Samples.CreditNoteCopy).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Count(line => line.Trim() == "*** COPY ***"));
        Assert.Equal("*** COPY ***", lines[^1].Trim());
        Assert.DoesNotContain("COPY", ReceiptText.Render(Samples.Nigeria));
    }

    [Fact]
    public void Fewer_columns_than_a_roll_has_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ReceiptText.Render(Samples.Nigeria, 31));
}
