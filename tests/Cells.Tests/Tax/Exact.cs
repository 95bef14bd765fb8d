using System.Numerics;

namespace WebWaka.Cells.Tests.Tax;

/// <summary>A fraction that is never rounded until it is asked to: what figures in tests are worked out by, apart from the product's own.</summary>
internal readonly record struct Exact(BigInteger Top, BigInteger Bottom)
{
    public static Exact Of(string text)
    {
        var (whole, at) = (text.Replace(".", ""), text.IndexOf('.'));
        return new(BigInteger.Parse(whole), BigInteger.Pow(10, at < 0 ? 0 : text.Length - at - 1));
    }

    public static implicit operator Exact(long value) => new(value, 1);

    public static Exact operator +(Exact a, Exact b) => new(a.Top * b.Bottom + b.Top * a.Bottom, a.Bottom * b.Bottom);

    public static Exact operator -(Exact a, Exact b) => new(a.Top * b.Bottom - b.Top * a.Bottom, a.Bottom * b.Bottom);

    public static Exact operator *(Exact a, Exact b) => new(a.Top * b.Top, a.Bottom * b.Bottom);

    public static Exact operator /(Exact a, Exact b) => b.Top < 0 ? new(-a.Top * b.Bottom, -b.Top * a.Bottom) : new(a.Top * b.Bottom, a.Bottom * b.Top);

    public Exact Percent => this / 100;

    /// <summary>To a whole number, by the mode's name in the API.</summary>
    public long Round(string mode = "halfAwayFromZero")
    {
        var size = BigInteger.Abs(Top);
        var (whole, rest) = (size / Bottom, size % Bottom);
        var half = (2 * rest).CompareTo(Bottom);
        var up = mode switch
        {
            "halfAwayFromZero" => half >= 0,
            "halfEven" => half > 0 || (half == 0 && !whole.IsEven),
            "halfTowardZero" => half > 0,
            "towardZero" => false,
            "awayFromZero" => rest > 0,
            _ => throw new ArgumentException(mode),
        };
        return (long)((whole + (up ? 1 : 0)) * Top.Sign);
    }
}
