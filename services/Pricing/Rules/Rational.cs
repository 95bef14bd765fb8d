namespace WebWaka.Pricing.Rules;

/// <summary>An exact fraction in lowest terms, denominator positive. Tax factors are kept like this so that a tie is a tie.</summary>
internal readonly record struct Rational
{
    public Rational(Int128 numerator, Int128 denominator)
    {
        var divisor = Gcd(Int128.Abs(numerator), denominator);
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    public static Rational Zero => new(0, 1);

    public static Rational One => new(1, 1);

    public Int128 Numerator { get; }

    public Int128 Denominator { get; }

    /// <param name="scaled">Percent x 10^6.</param>
    public static Rational Percent(long scaled) => new(scaled, 100_000_000);

    public static Rational operator +(Rational a, Rational b)
    {
        var common = CommonMultiple(a.Denominator, b.Denominator);
        return new(a.Numerator * (common / a.Denominator) + b.Numerator * (common / b.Denominator), common);
    }

    public static Rational operator -(Rational a, Rational b) => a + new Rational(-b.Numerator, b.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>a / b for a positive b.</summary>
    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static Int128 CommonMultiple(Int128 a, Int128 b) => a / Gcd(a, b) * b;

    static Int128 Gcd(Int128 a, Int128 b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
