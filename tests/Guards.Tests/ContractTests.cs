using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Guards.Tests;

/// <summary>
/// Events may grow and never shrink: rows written by last year's build are read by this one. The samples beside this file say
/// what each event is on the wire. <c>GUARDS_WRITE=1</c> writes those that are missing or have only grown.
/// </summary>
public sealed class ContractTests
{
    private static readonly Assembly Contracts = typeof(SaleCompleted).Assembly;
    private static readonly string Samples = Path.Combine(Sources.Root, "tests/Guards.Tests/Contracts");
    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };
    private static readonly Type[] Primitives = [typeof(Guid), typeof(string), typeof(long), typeof(int), typeof(bool), typeof(DateTimeOffset)];

    /// <summary>Records whose Name is a shop's, a till's, a product's or a promotion's. A person's is never sent.</summary>
    private static readonly string[] NamesOfThings =
        ["TenantSettingsChanged", "StoreChanged", "TillChanged", "ProductChanged", "SaleLine", "LineDiscount", "SaleFee", "RefundLine"];

    private static readonly Type[] Records = [.. Contracts.GetExportedTypes().OrderBy(type => type.Name)];

    /// <summary>Those that are not part of another.</summary>
    public static TheoryData<Type> Events => [.. Records.Except(Records.SelectMany(Members).Select(ElementOf))];

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_has_the_members_of_its_sample_and_no_others(Type type)
    {
        var file = Path.Combine(Samples, $"{type.Name}.json");
        var now = JsonSerializer.SerializeToNode(Filled(type, type.Name), type, Json.Options)!;
        var sample = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))! : new JsonObject();
        var (had, has) = (Paths(sample, "").ToHashSet(), Paths(now, "").ToHashSet());
        Offenders.None(had.Except(has), $"{type.Name} lost or changed members that stored events and other builds have: put them back and add beside them.");
        if (Environment.GetEnvironmentVariable("GUARDS_WRITE") == "1")
            File.WriteAllText(file, now.ToJsonString(Indented) + "\n");
        else
            Offenders.None(has.Except(had),
                $"{type.Name} has new members: run once with GUARDS_WRITE=1 and see the difference of {Path.GetRelativePath(Sources.Root, file)}.");
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void A_sample_is_read_and_written_back_whole(Type type)
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(Samples, $"{type.Name}.json")))!;
        var read = sample.Deserialize(type, Json.Tolerant);
        Assert.Equal(sample.ToJsonString(Json.Options), JsonSerializer.Serialize(read, type, Json.Options));
    }

    /// <summary>Events are read without their constructors, so these must do nothing that a missing member could be told by.</summary>
    [Fact]
    public void What_an_event_lacks_is_what_its_constructor_makes_of_nothing() => Offenders.None(
        from type in Records let constructor = type.GetConstructors().Single()
        let made = constructor.Invoke([.. constructor.GetParameters().Select(WhenLeftOut)])
        where !made.Equals(JsonSerializer.Deserialize("{}", type, Json.Tolerant)) select type.Name,
        "Its defaults must be null, zero or false, and its body must set nothing: Json.Tolerant reads it without its constructor.");

    [Theory]
    [MemberData(nameof(Events))]
    public void Null_is_refused_where_a_member_must_be_and_so_is_a_member_twice(Type type)
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(Samples, $"{type.Name}.json")))!.AsObject();
        var nullability = new NullabilityInfoContext();
        Offenders.None(
            from member in Members(type) let name = JsonNamingPolicy.CamelCase.ConvertName(member.Name)
            where Read(With(sample, name, null)) != (nullability.Create(member).WriteState == NullabilityState.Nullable) select $"{type.Name}.{name}",
            "Null was read where there must be something, or refused where there need not.");
        var (first, value) = sample.First();
        Assert.False(Read($"{{{JsonSerializer.Serialize(first)}:{value!.ToJsonString()},{sample.ToJsonString()[1..]}"));

        bool Read(string json)
        {
            try
            {
                return JsonSerializer.Deserialize(json, type, Json.Tolerant) is not null;
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }

    private static string With(JsonObject sample, string name, JsonNode? value)
    {
        var changed = sample.DeepClone().AsObject();
        changed[name] = value;
        return changed.ToJsonString();
    }

    [Fact]
    public void Every_sample_is_of_an_event() => Offenders.None(
        Directory.GetFiles(Samples, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Except(Events.Select(row => row.Data.Name)),
        "An event was removed or renamed: stored rows of it cannot be read any more. Put it back.");

    [Fact]
    public void An_event_is_a_sealed_record_of_primitives()
    {
        Offenders.None(Records.Where(type => !type.IsSealed || type.GetMethod("<Clone>$") is null).Select(type => type.Name), "Make it a sealed record.");
        Offenders.None(
            from type in Records from member in Members(type) let element = ElementOf(member)
            where !Primitives.Contains(element) && !Records.Contains(element) select $"{type.Name}.{member.Name}: {member.PropertyType.Name}",
            $"Events are made of {string.Join(", ", Primitives.Select(p => p.Name))}, arrays and records of these.");
    }

    [Fact]
    public void No_person_is_named_on_the_bus()
    {
        Offenders.None(
            from type in Records from member in Members(type)
            where Regex.IsMatch(
                member.Name,
                "phone|email|firstname|lastname|surname|fullname|birth|password|secret|cvv|cardnumber|^pin$|^pan$|(customer|cashier|staff|buyer|payer)name",
                RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)
            select $"{type.Name}.{member.Name}", "People and cards stay off the bus: send an id.");
        Offenders.None(
            from type in Records where !NamesOfThings.Contains(type.Name) from member in Members(type) where member.Name == "Name" select type.Name,
            "Whose name is it? If a thing's, add the record to NamesOfThings; a person's is not sent.");
    }

    private static PropertyInfo[] Members(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static Type ElementOf(PropertyInfo member)
    {
        var type = member.PropertyType.GetElementType() ?? member.PropertyType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private static object? WhenLeftOut(ParameterInfo parameter)
    {
        if (parameter is { HasDefaultValue: true, DefaultValue: { } set })
            return set;
        return parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
    }

    /// <summary>An instance with every member set, optional ones too, and one element in each array.</summary>
    private static object Filled(Type type, string name)
    {
        if (type.IsArray)
        {
            var array = Array.CreateInstance(type.GetElementType()!, 1);
            array.SetValue(Filled(type.GetElementType()!, name), 0);
            return array;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? name
            : type == typeof(Guid) ? new Guid("01900000-0000-7000-8000-000000000001")
            : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 1, 5, 9, 30, 0, TimeSpan.FromHours(1))
            : type == typeof(bool) ? true
            : type == typeof(long) ? 1L
            : type == typeof(int) ? 1
            : type.GetConstructors()[0].Invoke([.. type.GetConstructors()[0].GetParameters().Select(p => Filled(p.ParameterType, p.Name!))]);
    }

    /// <summary>Each member with the kind of its value: <c>/lines/0/net Number</c>.</summary>
    private static IEnumerable<string> Paths(JsonNode node, string at) => node switch
    {
        JsonObject o => o.SelectMany(member => Paths(member.Value!, $"{at}/{member.Key}")),
        JsonArray a => a.SelectMany((item, i) => Paths(item!, $"{at}/{i}")),
        _ => [$"{at} {(node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? "Boolean" : node.GetValueKind().ToString())}"],
    };
}
