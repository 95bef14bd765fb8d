using System.Security.Cryptography;

namespace WebWaka.Promotions.Coupons;

/// <summary>What a code looks like: 3 to 40 of A-Z, 0-9 and the hyphen, compared in upper case.</summary>
internal static class CouponCode
{
    public const int MinLength = 3;
    public const int MaxLength = 40;

    /// <summary>10 of 31 signs are 49 bits: nobody finds a valid code by trying.</summary>
    private const int RandomLength = 10;

    // Without 0 O, 1 I L: a code is read out at a counter.
    private const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    public const int MaxPrefix = MaxLength - RandomLength;

    public static bool IsValid(string code) => code.Length is >= MinLength and <= MaxLength && HasOnlyItsSigns(code);

    public static bool HasOnlyItsSigns(string text) => text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>So many different codes; random, so that one does not give away the next.</summary>
    public static string[] Generate(int count, string prefix)
    {
        var codes = new HashSet<string>(count, StringComparer.Ordinal);
        while (codes.Count < count)
            codes.Add(prefix + RandomNumberGenerator.GetString(Alphabet, RandomLength));
        return [.. codes];
    }
}
