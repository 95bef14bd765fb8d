using WebWaka.CellKit;

namespace WebWaka.Inventory.Stock;

/// <summary>Quantities: up to five decimals, bounded as Pricing bounds them.</summary>
internal static class Quantities
{
    public const decimal Max = 9_999_999.99999m;

    /// <summary>What is wrong with a quantity of either sign, or null.</summary>
    public static string? Fault(decimal quantity) =>
        quantity is < -Max or > Max ? $"between {-Max} and {Max}"
        : decimal.Round(quantity, 5, MidpointRounding.ToZero) != quantity ? "at most five decimals"
        : null;

    /// <summary>An event's quantity. One that cannot be read is refused and kept, never taken as another.</summary>
    public static decimal Read(string text) =>
        Decimals.TryParse(text, out var value) && Fault(value) is null ? value : throw new FormatException($"not a quantity: {text}");
}
