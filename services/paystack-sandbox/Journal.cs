using System.Text;
using System.Text.Json;

namespace WebWaka.PaystackSandbox;

/// <summary>One line of the books: the newest state of one thing of one integration.</summary>
internal sealed record JournalLine(string Key, Transaction? Transaction = null, Refund? Refund = null, Delivery? Delivery = null)
{
    public Subaccount? Subaccount { get; init; }
    public Split? Split { get; init; }
    public DedicatedAccount? DedicatedAccount { get; init; }
    public Terminal? Terminal { get; init; }
    public Invoice? Invoice { get; init; }
    public Push? Push { get; init; }
    public Dispute? Dispute { get; init; }
    public Payout? Payout { get; init; }
}

/// <summary>
/// The books on disk, one JSON document a line, the last line of a thing counts. It holds test keys only, and is readable by its
/// owner only.
/// </summary>
internal sealed class Journal : IDisposable
{
    readonly Lock gate = new();
    readonly FileStream? file;

    public Journal(SandboxOptions options)
    {
        if (options.DataFolder is not { Length: > 0 } folder)
            return;
        Directory.CreateDirectory(folder);
        var open = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        file = new FileStream(Path.Combine(folder, "books.jsonl"), open);
    }

    public IEnumerable<JournalLine> Read()
    {
        if (file is null)
            yield break;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        // A process that was killed may have left half a line: it was never acknowledged, and the next line must start afresh.
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            yield return JsonSerializer.Deserialize<JournalLine>(line, Wire.Json)!;
    }

    public void Append(JournalLine line)
    {
        if (file is null)
            return;
        var bytes = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, Wire.Json) + "\n");
        lock (gate)
        {
            file.Write(bytes);
            file.Flush();
        }
    }

    public void Dispose() => file?.Dispose();
}
