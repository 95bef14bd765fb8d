using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WebWaka.Promotions.Promotions;

/// <summary>
/// Words of enums letter for letter, as the schema and the till know them. The platform's own reader takes <c>"LINE"</c> for <c>"line"</c>;
/// a rule that is stored was written by us, and is read by that.
/// </summary>
internal sealed class ExactWords : JsonConverterFactory
{
    public static IEnumerable<string> Of(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Words<>).MakeGenericType(typeToConvert))!;

    private sealed class Words<T> : JsonConverter<T> where T : struct, Enum
    {
        private static readonly FrozenDictionary<string, T> Values =
            Of(typeof(T)).Zip(Enum.GetNames<T>().Select(Enum.Parse<T>)).ToFrozenDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

        private static readonly FrozenDictionary<T, string> Texts = Values.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new JsonException($"One of {string.Join(", ", Values.Keys)} was expected.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Texts[value]);
    }
}
