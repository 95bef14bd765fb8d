using System.IO.Compression;
using System.Security.Cryptography;

namespace WebWaka.Tool.Db.Copies;

/// <summary>Files of a backup: for this user alone, since they hold everything, and on the disk before they count.</summary>
internal static class DurableFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static async Task Write(string path, byte[] bytes, CancellationToken ct)
    {
        await using var stream = Create(path);
        await stream.WriteAsync(bytes, ct);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Writes compressed, and says what the file has become.</summary>
    public static async Task<StoredFile> Compressed(string path, Func<Stream, Task> write, CancellationToken ct)
    {
        using var hash = SHA256.Create();
        await using var file = Create(path);
        await using (var hashing = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            await using (var zip = new GZipStream(hashing, CompressionLevel.Fastest, leaveOpen: true))
                await write(zip);
            await hashing.FlushFinalBlockAsync(ct);
        }

        file.Flush(flushToDisk: true);
        return new StoredFile(Path.GetFileName(path), file.Length, Convert.ToHexStringLower(hash.Hash!));
    }

    /// <summary>What another program has written here.</summary>
    public static async Task<StoredFile> Described(string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
        return new StoredFile(Path.GetFileName(path), file.Length, hash);
    }

    public static string NewFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(path).FullName;
        return Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute).FullName;
    }

    private static FileStream Create(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }
}
