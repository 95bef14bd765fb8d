using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>What one integration can have set otherwise. Changed under /sandbox, and forgotten when the process ends.</summary>
internal sealed class Switches(SandboxOptions options)
{
    readonly List<Fault> faults = [];

    public Uri? WebhookUrl { get; set; } = options.WebhookUrl;

    /// <summary>"deliver", "drop" or "hold".</summary>
    public string Webhooks { get; set; } = "deliver";
    public bool CustomerPaysFees { get; set; }
    public string DefaultCurrency { get; set; } = options.DefaultCurrency;
    public IReadOnlyCollection<string> EnabledCurrencies { get; set; } = [.. Currencies.Minimum.Keys];
    public int UnknownReferenceStatus { get; set; } = StatusCodes.Status400BadRequest;

    /// <summary>What verify says of a reference instead of what is in the books.</summary>
    public ConcurrentDictionary<string, JsonObject> Answers { get; } = new(StringComparer.Ordinal);

    public void Arm(Fault fault)
    {
        lock (faults)
            faults.Add(fault);
    }

    /// <summary>The first fault armed for this path, used up by one.</summary>
    public string? Take(string path)
    {
        lock (faults)
        {
            var at = faults.FindIndex(f => path.StartsWith(f.Path, StringComparison.Ordinal));
            if (at < 0)
                return null;
            var fault = faults[at];
            if (fault.Times > 1)
                faults[at] = fault with { Times = fault.Times - 1 };
            else
                faults.RemoveAt(at);
            return fault.Kind;
        }
    }
}

internal sealed record Fault(string Kind, string Path, int Times)
{
    public static readonly string[] Kinds =
        ["hang-before", "hang-after", "error-before", "bad-gateway-after", "webhook-first", "rate-limit"];
}
