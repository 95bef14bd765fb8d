extern alias jsonschema;
using System.Text.Json.Nodes;
using jsonschema::Json.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WebWaka.Tax.Rules;

namespace WebWaka.Cells.Tests.Tax;

/// <summary>Packs are files that an operator may add to: sound ones are taken while the process runs, others never half.</summary>
public sealed class PackFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("webwaka-packs-").FullName;
    private readonly FakeTimeProvider _clock = new();

    public static TheoryData<string> Shipped => [.. PackFiles.In(PackShelf.Shipped).Select(file => file.Name)];

    private static JsonNode File(string name) => JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(PackShelf.Shipped, name)))!;

    private static JsonSchema Schema => JsonSchema.FromText(System.IO.File.ReadAllText(Path.Combine(PackShelf.Shipped, "pack.schema.json")));

    private PackShelf Shelf(string? folder = null) => new(PackShelf.Shipped, folder ?? _folder, _clock, NullLogger<PackShelf>.Instance);

    private void Write(string name, JsonNode pack) => System.IO.File.WriteAllText(Path.Combine(_folder, name), pack.ToJsonString());

    private void Later() => _clock.Advance(TimeSpan.FromSeconds(3));

    /// <summary>Ghana's file with something else in it.</summary>
    private static JsonNode Ghana(Action<JsonNode> change)
    {
        var pack = File("GH.json");
        pack["version"] = "2026.2";
        change(pack);
        return pack;
    }

    private static JsonNode Rule(JsonNode pack) => pack["classes"]![0]!["components"]![0]!["rule"]!;

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_pack_obeys_the_schema(string name)
    {
        var result = Schema.Evaluate(File(name), new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(result.IsValid, string.Join(
            "; ", result.Details.Where(d => d.HasErrors).Select(d => $"{d.InstanceLocation}: {string.Join(' ', d.Errors!.Values)}")));
    }

    [Fact]
    public void Every_pack_of_the_product_is_shipped() => Assert.Equal(
        ["CA-QC", "CI", "DE", "EG", "GB", "GH", "IN", "KE", "NG", "US", "ZA"], Shelf().All.Select(pack => pack.Code));

    public static TheoryData<string, string, bool> Faults => new()
    {
        // The fault as the line has it, what makes it, and whether the schema sees it too.
        { "colour", "colour", true }, { "citation", "no citation", true }, { "verified", "no verified", true },
        { "citation: 1 to 2000 characters", "blank citation", true },
        { "version: next is not", "version", true }, { "date: 2026-02-30 is not", "date", false }, { "currency: XXX is not", "currency", false },
        { "code: GH is not ISO 3166, or not the file's name", "name", false }, { "country: NG is not what the code begins with", "country", false },
        { "defaultTaxClass: there is no class luxury", "default", false }, { "standard is there twice", "twice", false },
        { "tax_rate_invalid", "rate", false }, { "rate or amount is zero or more", "negative", false }, { "tax_on_top_of_unknown", "onTopOf", false },
        { "tax_circle", "circle", false }, { "tax_code_twice", "overlap", false }, { "validFrom: the store's local time", "offset", true },
        { "tax_zone_invalid", "zone", false }, { "fee_invalid", "fee", false }, { "could not be converted", "kind", true },
        { "tax_rate_invalid", "unverified rate", false }, { "larger than 1048576 bytes", "size", false }, { "name", "null", true },
        { "'Name'", "spelling", true }, { "could not be converted", "number in quotes", true }, { ": citation: 1 to 2000 characters", "blank law", true },
        { "citation: 1 to 2000 characters", "long citation", true }, { "citation: 1 to 2000 characters", "broken citation", false },
        { "fees[0].code: 1 to 100 characters", "fee without code", true }, { "fees[0].citation: 1 to", "fee without citation", true },
        { "rounding.citation: 1 to", "rounding without citation", true }, { "zones[0].code: 1 to", "zone without code", true },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_pack_with_a_fault_stops_the_start_with_one_line_that_names_file_and_fault(string line, string fault, bool inSchema)
    {
        var pack = Ghana(p => Spoil(p, fault));
        Write(fault == "name" ? "Ghana.json" : "GH.json", pack);
        var error = Assert.Throws<StartException>(() => Shelf());
        Assert.Contains(fault == "name" ? "Ghana.json" : "GH.json", error.Message);
        Assert.Contains(line, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(!inSchema, Schema.Evaluate(pack).IsValid);
    }

    private static void Spoil(JsonNode pack, string fault)
    {
        var components = pack["classes"]![0]!["components"]!.AsArray();
        switch (fault)
        {
            case "colour": pack["classes"]![0]!["colour"] = "red"; break;
            case "no citation": pack.AsObject().Remove("citation"); break;
            case "no verified": components[0]!.AsObject().Remove("verified"); break;
            case "blank citation": components[0]!["citation"] = ""; break;
            case "version": pack["version"] = "next"; break;
            case "date": pack["date"] = "2026-02-30"; break;
            case "currency": pack["currency"] = "XXX"; break;
            case "name": break;
            case "country": pack["country"] = "NG"; break;
            case "default": pack["defaultTaxClass"] = "luxury"; break;
            case "twice": pack["classes"]!.AsArray().Add(pack["classes"]![0]!.DeepClone()); break;
            case "rate": Rule(pack)["rate"] = "2.1234567"; break;
            case "negative": Rule(pack)["rate"] = "-2"; break;
            case "onTopOf": Rule(pack)["onTopOf"] = new JsonArray("NONE"); break;
            case "circle": Rule(pack)["onTopOf"] = new JsonArray("VAT"); break;
            case "overlap": components.Add(components[0]!.DeepClone()); break;
            case "offset": Rule(pack)["validFrom"] = "2018-08-01T00:00:00Z"; break;
            case "zone": Rule(pack)["zones"] = new JsonArray("nowhere"); break;
            case "fee": pack["fees"]![0]!["rule"]!["onTopOf"] = new JsonArray("NONE"); break;
            case "kind": Rule(pack)["kind"] = "guess"; break;
            case "size": pack["notes"] = new JsonArray(new string('x', 1 << 20)); break;
            case "null": pack["name"] = null; break;
            case "spelling": (pack["Name"], _) = ("Ghana", pack.AsObject().Remove("name")); break;
            case "number in quotes":
                pack["cashRounding"] = JsonNode.Parse("""[{"rule": {"currency": "GHS", "step": "5"}, "citation": "Law", "verified": true}]""");
                break;
            case "blank law": pack["citation"] = ""; break;
            case "long citation": components[0]!["citation"] = new string('x', 2_001); break;
            case "broken citation": components[0]!["citation"] = "Section 1\nand 2"; break;
            case "fee without code": pack["fees"]![0]!["rule"]!["code"] = ""; break;
            case "fee without citation": pack["fees"]![0]!["citation"] = ""; break;
            case "rounding without citation": pack["rounding"] = JsonNode.Parse("""{"rule": {}, "citation": "", "verified": true}"""); break;
            case "zone without code": pack["zones"] = JsonNode.Parse("""[{"code": "", "name": "Nowhere"}]"""); break;
            // The last: nothing verified is on top of it.
            case "unverified rate": (components[^1]!["rule"]!["rate"], components[^1]!["verified"]) = ("2000", false); break;
            default: throw new ArgumentException(fault);
        }
    }

    [Fact]
    public void What_is_no_JSON_a_missing_folder_and_a_repeated_member_stop_the_start()
    {
        foreach (var (text, line) in new[] { ("{", "GH.json"), ("null", "it is null"), ("{\"code\":\"GH\",\"code\":\"GH\"}", "Duplicate property") })
        {
            System.IO.File.WriteAllText(Path.Combine(_folder, "GH.json"), text);
            Assert.Contains(line, Assert.Throws<StartException>(() => Shelf()).Message);
        }

        Assert.Contains("/nowhere/packs", Assert.Throws<StartException>(() => Shelf("/nowhere/packs")).Message);
    }

    [Fact]
    public void An_operators_pack_is_added_and_takes_the_place_of_an_older_one()
    {
        Write("GH.json", Ghana(pack => pack["name"] = "Ghana by hand"));
        Write("US-NY.json", Ghana(pack => (pack["code"], pack["country"]) = ("US-NY", "US")));
        Write("ZA.json", File("ZA.json"));
        Write("notes.schema.json", new JsonObject());
        var shelf = Shelf();
        Assert.Equal(("Ghana by hand", "2026.2", "2026.1"), (shelf.For("GH").Name, shelf.For("GH").Version, shelf.For("ZA").Version));
        Assert.Equal("US", shelf.Find("US-NY")!.Country);
        Assert.Equal(Pack.NoCountry, shelf.For("BR").Code);
    }

    [Fact]
    public void A_version_means_one_content_and_an_older_one_changes_nothing()
    {
        Write("GH.json", Ghana(pack => (pack["version"], pack["name"]) = ("2026.1", "Another")));
        Assert.Contains("version 2026.1 is the product's, with another content", Assert.Throws<StartException>(() => Shelf()).Message);
        Write("GH.json", Ghana(pack => (pack["version"], pack["name"]) = ("2025.12", "Older")));
        Assert.Equal("Ghana", Shelf().For("GH").Name);
        Write("GH.json", Ghana(pack => (pack["version"], pack["name"]) = ("2026.10", "Tenth")));
        Assert.Equal("Tenth", Shelf().For("GH").Name);
        // As numbers: 9 is older than 10.
        var ours = Directory.CreateDirectory(Path.Combine(_folder, "ours")).FullName;
        foreach (var file in PackFiles.In(PackShelf.Shipped))
            file.CopyTo(Path.Combine(ours, file.Name));
        System.IO.File.WriteAllText(Path.Combine(ours, "GH.json"), Ghana(pack => pack["version"] = "2026.9").ToJsonString());
        Assert.Equal("Tenth", new PackShelf(ours, _folder, _clock, NullLogger<PackShelf>.Instance).For("GH").Name);
    }

    [Fact]
    public void A_pack_that_comes_later_is_taken_without_a_restart_and_one_with_a_fault_leaves_all_as_they_were()
    {
        var shelf = Shelf();
        Assert.Null(shelf.Find("TG"));
        Write("TG.json", Ghana(pack => (pack["code"], pack["country"]) = ("TG", "TG")));
        Later();
        Assert.Equal("2026.2", shelf.Find("TG")!.Version);

        Write("BJ.json", Ghana(pack => (pack["code"], pack["country"]) = ("BJ", "BJ")));
        Write("TG.json", Ghana(pack => (pack["code"], pack["country"], pack["version"], pack["currency"]) = ("TG", "TG", "2026.3", "XXX")));
        Later();
        Assert.Null(shelf.Find("BJ"));
        Assert.Equal("2026.2", shelf.Find("TG")!.Version);

        Write("TG.json", Ghana(pack => (pack["code"], pack["country"], pack["version"]) = ("TG", "TG", "2026.4")));
        Later();
        Assert.Equal(("2026.4", "2026.2"), (shelf.Find("TG")!.Version, shelf.Find("BJ")!.Version));
        Directory.Delete(_folder, recursive: true);
        Later();
        Assert.Equal("2026.4", shelf.Find("TG")!.Version);
        Directory.CreateDirectory(_folder);
    }

    [Fact]
    public void Confirmations_are_named_with_a_mark_of_their_rule()
    {
        Write("ZA.json", File("ZA.json"));
        var shipped = Shelf().For("ZA");
        var changed = shipped with { CashRounding = [shipped.CashRounding[0] with { Rule = shipped.CashRounding[0].Rule with { Step = 5 } }] };
        var (one, other) = (Confirmable.Keys(shipped, ["cashRounding/ZAR"])!.Single(), Confirmable.Keys(changed, ["cashRounding/ZAR"])!.Single());
        Assert.NotEqual(one, other);
        Assert.Null(Confirmable.Keys(changed, [one]));
        Assert.Null(Confirmable.Keys(shipped, ["cashRounding"]));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
