using System.Globalization;
using System.Text.Json;
using WebWaka.Pricing;

namespace WebWaka.Tax.Rules;

/// <summary>
/// The packs by code: those that the product brings, and over them those of the operator's folder, where one is configured. That
/// folder is looked at again while the process runs, so that a pack comes without a release and without a restart. A set with a
/// fault stops the process at start; later it is logged and what was there stays, whole.
/// </summary>
internal sealed partial class PackShelf(string shipped, string? folder, TimeProvider clock, ILogger<PackShelf> log)
{
    /// <summary>Where the build puts services/tax/Packs.</summary>
    public static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "tax-packs");

    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);
    private readonly Lock _turn = new();
    private Dictionary<string, Pack> _packs = Read(shipped, folder);
    private string _seen = folder is null ? "" : StampOf(folder);
    private DateTimeOffset _looked = clock.GetUtcNow();

    /// <summary>In order of code, without the one for countries that have none.</summary>
    public IEnumerable<Pack> All => Now().Values.Where(pack => pack.Country != Pack.NoCountry).OrderBy(pack => pack.Code, StringComparer.Ordinal);

    public Pack? Find(string code) => Now().GetValueOrDefault(code);

    /// <summary>The pack of that code, or the one that charges nothing where there is none.</summary>
    public Pack For(string code)
    {
        var packs = Now();
        return packs.TryGetValue(code, out var pack) ? pack : packs[Pack.NoCountry];
    }

    /// <summary>The operator's pack takes the place of the product's with its code, where its version is higher.</summary>
    /// <exception cref="StartException">One has a fault.</exception>
    private static Dictionary<string, Pack> Read(string shipped, string? folder)
    {
        var packs = PackFiles.Read(shipped).ToDictionary(pack => pack.Code, StringComparer.Ordinal);
        if (!packs.ContainsKey(Pack.NoCountry))
            throw new StartException($"The folder of tax packs {shipped} has no {Pack.NoCountry}.json", "Bring back the product's own files");
        foreach (var pack in folder is null ? [] : PackFiles.Read(folder))
        {
            var order = packs.TryGetValue(pack.Code, out var ours) ? Compare(pack.Version, ours.Version) : 1;
            if (order == 0 && Text(pack) != Text(ours!))
            {
                throw new StartException(
                    $"The tax pack {Path.Combine(folder!, $"{pack.Code}.json")} cannot be used: version {pack.Version} is the product's, with another content",
                    "Give it a higher version");
            }

            if (order > 0)
                packs[pack.Code] = pack;
        }

        return packs;
    }

    private Dictionary<string, Pack> Now()
    {
        if (folder is null || clock.GetUtcNow() - _looked < Glance)
            return _packs;
        lock (_turn)
        {
            if (clock.GetUtcNow() - _looked < Glance)
                return _packs;
            _looked = clock.GetUtcNow();
            try
            {
                var stamp = StampOf(folder);
                if (stamp == _seen)
                    return _packs;
                _seen = stamp;
                _packs = Read(shipped, folder);
                Taken(folder, string.Join(", ", _packs.Values.Select(pack => $"{pack.Code} {pack.Version}").Order(StringComparer.Ordinal)));
            }
            catch (Exception error) when (error is StartException or IOException or UnauthorizedAccessException)
            {
                Refused(error.Message);
            }

            return _packs;
        }
    }

    private static string StampOf(string folder) => !Directory.Exists(folder) ? "" : string.Join(
        '\n', PackFiles.In(folder).Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")));

    private static int Compare(string one, string other)
    {
        int[] Parts(string version) => Array.ConvertAll(version.Split('.'), part => int.Parse(part, CultureInfo.InvariantCulture));
        var (a, b) = (Parts(one), Parts(other));
        return a[0] != b[0] ? a[0].CompareTo(b[0]) : a[1].CompareTo(b[1]);
    }

    private static string Text(Pack pack) => JsonSerializer.Serialize(pack with { Schema = null }, PricingJson.Options);

    [LoggerMessage(Level = LogLevel.Information, Message = "Tax packs read from {Folder}: {Packs}")]
    private partial void Taken(string folder, string packs);

    [LoggerMessage(Level = LogLevel.Error, Message = "Tax packs stay as they were. {Fault}")]
    private partial void Refused(string fault);
}
