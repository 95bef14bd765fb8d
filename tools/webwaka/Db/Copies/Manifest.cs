using System.Security.Cryptography;
using System.Text.Json;
using WebWaka.Standalone;

namespace WebWaka.Tool.Db.Copies;

/// <summary>A file of a backup and what its bytes must be.</summary>
internal sealed record StoredFile(string Name, long Bytes, string Sha256);

/// <summary>A table as it was in the backup's snapshot.</summary>
/// <param name="Columns">What was copied: all but generated ones.</param>
/// <param name="Checksum">The sum of a hash of each row: the same rows in any order have the same.</param>
internal sealed record StoredTable(string Schema, string Name, string[] Columns, long Rows, string Checksum, string? File)
{
    public string FullName => $"{Schema}.{Name}";
}

internal sealed record StoredSequence(string Schema, string Name, long Last, bool Called);

/// <summary>
/// What a backup holds, written last. With its own hash beside it: a backup that was cut off, or whose bytes have changed since, is
/// known as such before anything is restored.
/// </summary>
/// <param name="Way"><c>copy</c>, each table by COPY; or <c>pg_dump</c>, PostgreSQL's own archive.</param>
/// <param name="Tables">In an order in which they can be loaded: what is pointed at first.</param>
internal sealed record Manifest(
    int Format, string Way, string Database, int PostgresMajor, DateTimeOffset TakenAt, Dictionary<string, string[]> Migrations,
    StoredTable[] Tables, StoredSequence[] Sequences, StoredFile[] Files)
{
    public const int CurrentFormat = 1;
    public const string Copy = "copy";
    public const string PgDump = "pg_dump";
    private const string FileName = "manifest.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public long Rows => Tables.Sum(table => table.Rows);

    public async Task Write(string folder, CancellationToken ct)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(this, Json);
        await DurableFile.Write(Path.Combine(folder, FileName), bytes, ct);
        await DurableFile.Write(Path.Combine(folder, FileName + ".sha256"), SHA256.HashData(bytes), ct);
    }

    /// <summary>Reads it and every byte of every file that it names.</summary>
    /// <exception cref="StandaloneException">It is not a whole backup.</exception>
    public static async Task<Manifest> Read(string folder, Action<string> progress, CancellationToken ct)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file) || !File.Exists(file + ".sha256"))
            throw Broken(folder, "it has no manifest: it was never finished, or is something else");
        var bytes = await File.ReadAllBytesAsync(file, ct);
        var hash = await File.ReadAllBytesAsync(file + ".sha256", ct);
        if (!hash.AsSpan().SequenceEqual(SHA256.HashData(bytes)))
            throw Broken(folder, "its manifest has been changed");
        var manifest = JsonSerializer.Deserialize<Manifest>(bytes, Json)!;
        if (manifest.Format != CurrentFormat)
            throw Broken(folder, $"its format is {manifest.Format}, and this program reads {CurrentFormat}");
        foreach (var stored in manifest.Files)
        {
            var path = Path.Combine(folder, stored.Name);
            if (!File.Exists(path) || new FileInfo(path).Length != stored.Bytes)
                throw Broken(folder, $"{stored.Name} is missing or cut off");
            await using var stream = File.OpenRead(path);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct)) != stored.Sha256)
                throw Broken(folder, $"{stored.Name} has been changed");
        }

        progress($"The backup of {manifest.TakenAt:u} is whole: {manifest.Tables.Length} tables, {manifest.Rows:N0} rows, taken by {manifest.Way}.");
        return manifest;
    }

    private static StandaloneException Broken(string folder, string what) => new($"{folder} is no whole backup: {what}", "take another; nothing was written");
}
