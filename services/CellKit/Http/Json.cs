using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using WebWaka.Contracts.Transaction;

namespace WebWaka.CellKit;

/// <summary>
/// How every request, answer and event is written: camelCase, unknown and repeated members refused, required ones required,
/// decimals as text so that no reader makes a float of them.
/// </summary>
public static class Json
{
    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // Names of goods are in French, Arabic, Yoruba: escaping them would double their size. The answers are never inlined in HTML.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.MaxDepth = 32;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new DecimalText());
        return options;
    }

    /// <summary>
    /// For events and stored documents: a newer writer may have added members, an older one lacks some (additive only), and null
    /// is written by leaving the member out.
    /// </summary>
    public static readonly JsonSerializerOptions Tolerant = new(Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectRequiredConstructorParameters = false,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { FillEvents } },
    };

    /// <summary>
    /// An event's members are set one by one as they are read, which takes a fifth less than keeping them all for its constructor. What
    /// is absent is then nothing, zero or false, as the constructors of WebWaka.Contracts have it too.
    /// </summary>
    private static void FillEvents(JsonTypeInfo info)
    {
        if (info.Kind == JsonTypeInfoKind.Object && info.Type.Assembly == typeof(SaleCompleted).Assembly)
            info.CreateObject = () => RuntimeHelpers.GetUninitializedObject(info.Type);
    }

    /// <summary>Decimals travel as text ("1.25"); a JSON number is read too, by its digits, never through a double.</summary>
    private sealed class DecimalText : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number))
                return number;
            if (reader.TokenType == JsonTokenType.String && Parse(reader.GetString()) is { } text)
                return text;
            throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteStringValue(Decimals.Text(value));
    }

    private static decimal? Parse(string? text) => Decimals.TryParse(text, out var value) ? value : null;
}

/// <summary>Decimals as text, the one way: no exponent, no grouping, no trailing zeros.</summary>
public static class Decimals
{
    public static string Text(decimal value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return value.Scale == 0 ? text : text.TrimEnd('0').TrimEnd('.');
    }

    public static bool TryParse(string? text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
        && text!.Length <= 40;
}
