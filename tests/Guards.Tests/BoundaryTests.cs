using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebWaka.Guards.Tests;

/// <summary>Who may know whom (design section 2).</summary>
public sealed class BoundaryTests
{
    private static readonly string[] CellsMayReference = ["Contracts", "Pricing", "CellKit", "ServiceDefaults"];

    /// <summary>Interfaces with fewer than two implementations of ours, each with its reason. May only shrink.</summary>
    private static readonly Dictionary<string, string> LonelyInterfaces = [];

    private sealed record Project(string Path, string Name, string[] Projects, (string Name, string? Version)[] Packages)
    {
        public static Project Read(string path)
        {
            var items = XDocument.Load(System.IO.Path.Combine(Sources.Root, path)).Descendants();
            string[] Of(string element) => [.. items.Where(e => e.Name.LocalName == element).Select(e => (string?)e.Attribute("Include") ?? "")];
            return new Project(
                path, NameOf(path), [.. Of("ProjectReference").Select(NameOf)],
                [.. items.Where(e => e.Name.LocalName == "PackageReference")
                    .Select(e => ((string?)e.Attribute("Include") ?? "", (string?)e.Attribute("Version")))]);
        }

        private static string NameOf(string path) => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
    }

    private static readonly Project[] All = [.. Sources.Projects.Select(Project.Read)];

    private static IEnumerable<Project> Cells => All.Where(
        p => Wiring.Cells.Contains(p.Path.Split('/')[1..2].FirstOrDefault()) && p.Path.StartsWith("services/"));

    [Fact]
    public void A_Cell_references_nothing_but_the_shared_tissues()
    {
        Assert.True(Cells.Count() >= 5, $"only {Cells.Count()} Cells were found");
        Offenders.None(
            from cell in Cells from reference in cell.Projects where !CellsMayReference.Contains(reference) select $"{cell.Path} -> {reference}",
            $"A Cell may reference {string.Join(", ", CellsMayReference)} only: let it hear an event of the other instead.");
    }

    [Theory]
    [InlineData("Contracts")]
    [InlineData("Pricing")]
    public void Contracts_and_Pricing_depend_on_nothing(string name)
    {
        var project = Assert.Single(All, p => p.Name == name);
        Offenders.None([.. project.Projects, .. project.Packages.Select(p => p.Name)], $"{project.Path} is pure: move what needs these elsewhere.");
    }

    [Fact]
    public void Only_AppHost_knows_Aspire() => Offenders.None(
        from project in All where project.Name != "AppHost"
        from package in project.Packages where package.Name.StartsWith("Aspire.") select $"{project.Path}: {package.Name}",
        "Aspire's packages cannot be restored everywhere: only AppHost may name one.");

    [Fact]
    public void MassTransit_stays_at_version_8_and_in_one_folder()
    {
        var versions = XDocument.Load(Path.Combine(Sources.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Where(e => ((string)e.Attribute("Include")!).StartsWith("MassTransit")).ToList();
        Assert.NotEmpty(versions);
        Offenders.None(
            versions.Where(e => !Regex.IsMatch((string)e.Attribute("Version")!, @"^8\.\d+\.\d+$")).Select(e => e.ToString()),
            "MassTransit 9 needs a commercial licence: stay at an exact 8.x.");
        Offenders.None(
            from file in Sources.CSharp where !file.Path.StartsWith("services/CellKit/Messaging/")
            from name in file.Tree.DescendantNodes().OfType<IdentifierNameSyntax>() where name.Identifier.Text == "MassTransit" select file.Path,
            "MassTransit is named in CellKit/Messaging only, so that it can be replaced there.");
    }

    [Fact]
    public void MassTransit_tells_its_makers_nothing()
    {
        var buses = Sources.CSharp.Where(file => !file.Path.StartsWith("tests/") && file.Text.Contains(".AddMassTransit(")).ToList();
        Assert.NotEmpty(buses);
        Offenders.None(
            buses.Where(file => !file.Text.Contains(".DisableUsageTelemetry()")).Select(file => file.Path),
            "Each bus reports its endpoints to MassTransit's makers unless it is told not to: registration.DisableUsageTelemetry().");
    }

    [Fact]
    public void Versions_are_set_in_one_place() => Offenders.None(
        from project in All from package in project.Packages where package.Version is not null select $"{project.Path}: {package.Name} {package.Version}",
        "Set the version in Directory.Packages.props.");

    [Fact]
    public void No_interface_has_a_single_implementation()
    {
        var types = Sources.CSharp.Where(f => !f.Path.StartsWith("tests/"))
            .SelectMany(f => f.Tree.DescendantNodes().OfType<TypeDeclarationSyntax>()).ToList();
        var implemented = types.Where(type => type is not InterfaceDeclarationSyntax && type.BaseList is not null)
            .SelectMany(type => type.BaseList!.Types.Select(b => NameOf(b.Type)).Distinct())
            .GroupBy(name => name).ToDictionary(g => g.Key, g => g.Count());
        var lonely = types.OfType<InterfaceDeclarationSyntax>().Select(i => i.Identifier.Text).Where(name => implemented.GetValueOrDefault(name) < 2).ToList();
        Offenders.None(lonely.Except(LonelyInterfaces.Keys), "An interface with one implementation is only a second name: use the class.");
        Offenders.None(LonelyInterfaces.Keys.Except(lonely), "No longer an exception: take it off the list.");
    }

    private static string NameOf(TypeSyntax type) => type switch
    {
        GenericNameSyntax generic => generic.Identifier.Text,
        QualifiedNameSyntax qualified => NameOf(qualified.Right),
        _ => type.ToString(),
    };
}
