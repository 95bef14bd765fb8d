using System.Text.Json;
using System.Text.Json.Serialization;
using WebWaka.CellKit;

namespace WebWaka.Inventory.Products;

/// <summary>
/// A price of one unit, in minor units with up to four decimals. In JSON a whole one is a number and one with decimals is
/// text, so that nobody makes a float of it; both are read in either form.
/// </summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct UnitPrice(decimal Value)
{
    /// <summary>The bound that Pricing has: times any quantity it stays exact.</summary>
    public const decimal Max = 9_999_999_999_999m;

    public string? Fault() =>
        Value is < 0 or > Max ? $"between 0 and {Max}"
        : decimal.Round(Value, 4, MidpointRounding.ToZero) != Value ? "at most four decimals"
        : null;

    private sealed class Converter : JsonConverter<UnitPrice>
    {
        public override UnitPrice Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(reader.TokenType switch
            {
                JsonTokenType.Number when reader.TryGetInt64(out var whole) => whole,
                JsonTokenType.String when Decimals.TryParse(reader.GetString(), out var value) => value,
                _ => throw new JsonException(),
            });

        public override void Write(Utf8JsonWriter writer, UnitPrice price, JsonSerializerOptions options)
        {
            if (decimal.Truncate(price.Value) == price.Value)
                writer.WriteNumberValue((long)price.Value);
            else
                writer.WriteStringValue(Decimals.Text(price.Value));
        }
    }
}
