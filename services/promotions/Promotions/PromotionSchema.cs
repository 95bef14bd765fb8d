using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using WebWaka.Pricing;

namespace WebWaka.Promotions.Promotions;

/// <summary>
/// The JSON schema of rules and programmes, made of the types that read them and of the bounds that the door holds: for editors, forms and
/// importers. What one member says of another (a tier has one benefit, dates leave time) is the door's alone to check.
/// </summary>
internal static class PromotionSchema
{
    private const string Uuid = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";
    private const string DecimalText = @"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)$";
    private const string QuantityText = @"^\+?([0-9]{1,7}\.?[0-9]*|\.[0-9]+)$";
    private const string LocalTime = @"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,16})?)?)?$";
    private const string TimeOfDay = @"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,7})?)?$";
    private const string Printable = @"^[^\u0000-\u001f\u007f-\u009f]*$";

    private const string PrintableNotBlank = @"^[^\u0000-\u001f\u007f-\u009f]*\S[^\u0000-\u001f\u007f-\u009f]*$";

    private static readonly Lazy<string> RuleText = new(() => Of(typeof(Promotion), "promotion").ToJsonString());
    private static readonly Lazy<string> ProgrammeText = new(() => Of(typeof(LoyaltyProgramme), "loyalty programme").ToJsonString());

    public static string Rule => RuleText.Value;

    public static string Programme => ProgrammeText.Value;

    private static JsonNode Of(Type type, string title)
    {
        var schema = PromotionDocument.Strict
            .GetJsonSchemaAsNode(type, new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Held }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema;
    }

    /// <summary>What the exporter cannot know: our own converters, what the server fills in, and the bounds.</summary>
    private static JsonNode Held(JsonSchemaExporterContext context, JsonNode node)
    {
        var property = context.PropertyInfo;
        var owner = property?.DeclaringType;
        // The server's to say: whatever stands there is replaced.
        if (property?.Name is "id" or "version" && (typeof(Promotion).IsAssignableFrom(owner) || owner == typeof(LoyaltyProgramme)))
            return new JsonObject();
        var schema = node as JsonObject ?? new JsonObject();
        if (schema["properties"] is JsonObject members)
        {
            Require(schema, members, context.TypeInfo.Type);
            Words(members, context.TypeInfo);
        }

        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var nullable = property is { IsSetNullable: true } || Nullable.GetUnderlyingType(context.TypeInfo.Type) is not null;
        if (type == typeof(decimal))
            schema = property?.Name == "minimumQuantity"
                ? Union(nullable, Text(QuantityText), Number(0, Limits.MaxQuantity))
                : Union(nullable, Text(DecimalText), Number(decimal.MinValue, decimal.MaxValue));
        else if (type == typeof(Guid))
            schema["pattern"] = Uuid;
        else if (type == typeof(DateTime))
            schema = Union(nullable, Text(LocalTime));
        else if (type == typeof(TimeOnly))
            schema["pattern"] = TimeOfDay;
        else if (type == typeof(long) || type == typeof(int))
            (schema["minimum"], schema["maximum"]) = type == typeof(int) ? (int.MinValue, int.MaxValue) : (long.MinValue, long.MaxValue);
        if (property is not null)
            Bound(schema, owner!, property.Name, type);
        return schema;
    }

    private static JsonObject Text(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private static JsonObject Number(decimal least, decimal most) => new() { ["type"] = "number", ["minimum"] = least, ["maximum"] = most };

    private static JsonObject Union(bool nullable, params JsonObject[] kinds)
    {
        var all = new JsonArray([.. kinds]);
        if (nullable)
            all.Add(new JsonObject { ["type"] = "null" });
        return new JsonObject { ["anyOf"] = all };
    }

    /// <summary>Said where the member is: of our own converter the exporter knows nothing, and asks nobody below a default or in a list.</summary>
    private static void Words(JsonObject members, JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
        {
            if (member.PropertyType.IsEnum)
                Of(member.Name)["enum"] = List(member.PropertyType);
            else if (member.PropertyType is { IsArray: true } list && list.GetElementType() is { IsEnum: true } item)
                Of(member.Name)["items"] = new JsonObject { ["enum"] = List(item) };
        }

        JsonObject Of(string name) => members[name] as JsonObject ?? (JsonObject)(members[name] = new JsonObject());
        static JsonArray List(Type words) => new([.. ExactWords.Of(words).Select(word => JsonValue.Create(word))]);
    }

    /// <summary>What the server adds where it is left out is not asked for; a name is, since an empty one is refused.</summary>
    private static void Require(JsonObject schema, JsonObject members, Type type)
    {
        var required = (schema["required"] as JsonArray ?? []).Select(item => (string)item!).Where(name => name is not ("id" or "version" or "codes")).ToList();
        if (members.ContainsKey("name") && (typeof(Promotion).IsAssignableFrom(type) || type == typeof(LoyaltyProgramme)) && !required.Contains("name"))
            required.Add("name");
        schema.Remove("required");
        if (required.Count > 0)
            schema["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
    }

    private static void Bound(JsonObject schema, Type owner, string member, Type type)
    {
        if (member == "name" && (typeof(Promotion).IsAssignableFrom(owner) || owner == typeof(LoyaltyProgramme)))
            (schema["minLength"], schema["maxLength"], schema["pattern"]) = (1, PromotionDocument.MaxName, PrintableNotBlank);
        else if (member == "group" && owner == typeof(Stacking))
            (schema["maxLength"], schema["pattern"]) = (PromotionBounds.MaxWord, Printable);
        else if (member == "priority")
            (schema["minimum"], schema["maximum"]) = (-1_000_000, 1_000_000);
        else if (member == "codes")
            schema["maxItems"] = 0;
        else if (member == "perOrder")
            (schema["minimum"], schema["maximum"]) = (1, 100);
        else if (member == "perCustomer")
            (schema["minimum"], schema["maximum"]) = (1, 1_000_000_000);
        else if (member == "minimumAmount")
            (schema["minimum"], schema["maximum"]) = (0, Limits.MaxAmount);
        else if (type.IsArray)
            BoundList(schema, owner, member, type.GetElementType()!);
    }

    private static void BoundList(JsonObject schema, Type owner, string member, Type item)
    {
        schema["maxItems"] = member switch { "weekdays" => 7, "hours" => 24, "tiers" => 50, _ => PromotionBounds.MaxItems };
        if (item == typeof(string) && owner != typeof(CouponRule))
            schema["items"] = new JsonObject
            {
                ["type"] = "string", ["minLength"] = 1, ["maxLength"] = PromotionBounds.MaxWord, ["pattern"] = Printable,
            };
    }
}
