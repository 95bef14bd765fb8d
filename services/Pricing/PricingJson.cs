using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WebWaka.Pricing;

/// <summary>Enums travel as camelCase words; numbers are refused, so a reordered enum cannot change a stored rule.</summary>
public sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>Quantities, rates and unit prices travel as decimal strings; a JSON number is also read.</summary>
public sealed class DecimalString : JsonConverter<decimal>
{
    // Dividing by it drops trailing zeros, so that equal values are written alike: "1.5", never "1.50".
    const decimal One = 1.0000000000000000000000000000m;

    const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number) return reader.GetDecimal();
        return decimal.TryParse(reader.GetString(), Plain, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException("A decimal string such as \"7.5\" was expected.");
    }

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue((value / One).ToString(CultureInfo.InvariantCulture));
}

/// <summary>The one set of JSON options for rule and price documents.</summary>
public static class PricingJson
{
    /// <summary>camelCase; <c>type</c> may stand anywhere in an object, since PostgreSQL's jsonb reorders members.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            AllowOutOfOrderMetadataProperties = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
