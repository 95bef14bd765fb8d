using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WebWaka.CellKit;
using YamlDotNet.RepresentationModel;

namespace WebWaka.Guards.Tests;

/// <summary>Dashboards and alerts ask for numbers that the code tells, and an alert says what to do.</summary>
public sealed class MonitoringTests
{
    private const string Dashboard = "docs/monitoring/webwaka.dashboard.json";
    private const string Rules = "docs/monitoring/webwaka.rules.yaml";
    private static readonly string[] Histogram = ["_bucket", "_sum", "_count"];

    /// <summary>Of the libraries that we take numbers from: they are in Metrics.NamesOfOthers, and a system test sees each arrive.</summary>
    private static readonly Dictionary<string, string[]> Others = new()
    {
        ["http.server.request.duration"] = [.. Histogram.Select(part => $"http_server_request_duration_seconds{part}")],
        ["db.client.operation.duration"] = [.. Histogram.Select(part => $"db_client_operation_duration_seconds{part}")],
        ["dotnet.process.cpu.time"] = ["dotnet_process_cpu_time_seconds_total"],
        ["dotnet.process.memory.working_set"] = ["dotnet_process_memory_working_set_bytes"],
    };

    /// <summary>Every label that a number of ours or theirs carries; <c>job</c> is the service.</summary>
    private static readonly string[] Labels =
    [
        "le", "job", "outcome", "webwaka_tenant", "webwaka_cell", "queue", "state", "limit", "channel", "event", "http_response_status_code",
        "db_client_connection_pool_name",
    ];

    [Fact]
    public void Dashboards_and_alerts_use_names_and_labels_that_exist()
    {
        Assert.Equal(Metrics.NamesOfOthers.Order(), Others.Keys.Order());
        var known = Metrics.Instruments.SelectMany(NamesOf).Concat(Others.Values.SelectMany(names => names)).ToHashSet();
        Offenders.None(
            from expression in Expressions() from name in MetricsIn(expression) where !known.Contains(name) select $"{name} in {expression}",
            "No number has this name: see services/CellKit/Observing/Metrics.cs.");
        Offenders.None(
            from expression in Expressions() from label in LabelsIn(expression) where !Labels.Contains(label) select $"{label} in {expression}",
            "No number has this label.");
    }

    [Fact]
    public void Every_number_is_on_the_dashboard()
    {
        var shown = DashboardExpressions().SelectMany(MetricsIn).ToHashSet();
        Offenders.None(Metrics.Instruments.Where(i => !NamesOf(i).Any(shown.Contains)).Select(i => i.Name), $"Show it in {Dashboard}.");
    }

    [Fact]
    public void Every_alert_has_its_row_in_the_runbook_and_every_row_its_alert()
    {
        var page = File.ReadAllText(Path.Combine(Sources.Root, "docs/operations.md"));
        var section = page.Split("## When an alert comes")[1].Split("\n## ")[0];
        var rows = Regex.Matches(section, @"^\| `(?<alert>\w+)` \|", RegexOptions.Multiline).Select(row => row.Groups["alert"].Value);
        var alerts = Alerts().Select(alert => Text(alert, "alert"));
        Assert.Equal(alerts.Order(), rows.Order());
        Assert.All(Alerts(), alert => Assert.Matches(@"^\d+m$", Text(alert, "for")));
        Assert.All(Alerts(), alert => Assert.Contains(Text((YamlMappingNode)alert["labels"], "severity"), (string[])["page", "ticket"]));
    }

    /// <summary>As Prometheus writes a name that came by OTLP.</summary>
    private static IEnumerable<string> NamesOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return instrument switch
        {
            Histogram<double> => Histogram.Select(part => name + part),
            Counter<long> => [$"{name}_total"],
            _ => [name],
        };
    }

    private static IEnumerable<string> MetricsIn(string expression) =>
        Regex.Matches(expression, @"\b(?:webwaka|http|db|dotnet)_\w+(?=\{|\[|\)| |$)").Select(match => match.Value).Except(LabelsIn(expression));

    private static IEnumerable<string> LabelsIn(string expression) =>
        Regex.Matches(expression, @"by \((?<labels>[^)]*)\)").SelectMany(by => by.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries))
            .Concat(Regex.Matches(expression, @"[{,]\s*(?<label>\w+)(?:=~|=|!=|!~)").Select(label => label.Groups["label"].Value));

    private static IEnumerable<string> Expressions() => DashboardExpressions().Concat(Alerts().Select(alert => Text(alert, "expr")));

    private static IEnumerable<string> DashboardExpressions() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Sources.Root, Dashboard)))!["panels"]!.AsArray()
            .SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => (string)target!["expr"]!);

    private static List<YamlMappingNode> Alerts()
    {
        var yaml = new YamlStream();
        using var text = new StreamReader(Path.Combine(Sources.Root, Rules));
        yaml.Load(text);
        var groups = (YamlSequenceNode)yaml.Documents[0].RootNode["groups"];
        return [.. groups.SelectMany(group => (YamlSequenceNode)group["rules"]).Cast<YamlMappingNode>()];
    }

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;
}
