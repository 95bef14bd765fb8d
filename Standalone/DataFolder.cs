using System.Globalization;
using System.Security.Cryptography;

namespace WebWaka.Standalone;

/// <summary>The folder of everything that is kept between starts. While this is open, no other process can open it.</summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>Raised when a newer program lays the folder out so that an older one would misread it.</summary>
    const int Layout = 1;

    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly FileStream _lock;

    DataFolder(string path, FileStream @lock, int? postgresMajor) => (Path, _lock, PostgresMajor) = (path, @lock, postgresMajor);

    public string Path { get; }

    /// <summary>The major version of the PostgreSQL that wrote the cluster here; null when none has.</summary>
    public int? PostgresMajor { get; private set; }

    /// <summary>Creates the folder when it is missing, takes its lock and reads its version.</summary>
    public static DataFolder Open(string path)
    {
        FileStream @lock;
        try
        {
            CreateFolder(path);
            @lock = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StandaloneException($"The data folder {path} cannot be written", "Give this user the folder, or name another with --data", e);
        }
        catch (IOException e) when (IsHeldByAnother(e))
        {
            throw new StandaloneException($"WebWaka POS already runs on {path}", "Stop it first, or name another folder with --data", e);
        }
        catch (IOException e)
        {
            throw new StandaloneException($"The data folder {path} cannot be used: {e.Message.TrimEnd('.')}", "Name another with --data", e);
        }
        try
        {
            DataFolder folder = new(path, @lock, ReadVersion(path));
            folder.KeepVersion(folder.PostgresMajor);
            return folder;
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>A secret of 32 random bytes, made at first use and kept readable by this user alone.</summary>
    /// <returns>43 characters of base64url.</returns>
    public string Secret(string name)
    {
        CreateFolder(System.IO.Path.Combine(Path, "secrets"), OwnerOnly);
        var file = SecretFile(name);
        if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } kept) return kept;
        var made = System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        Replace(file, made);
        return made;
    }

    internal bool HasSecret(string name) => File.Exists(SecretFile(name));

    string SecretFile(string name) => System.IO.Path.Combine(Path, "secrets", name);

    /// <summary>The path of a log file; its folder exists.</summary>
    public string LogFile(string name)
    {
        var folder = System.IO.Path.Combine(Path, "logs");
        CreateFolder(folder);
        return System.IO.Path.Combine(folder, name);
    }

    internal void KeepVersion(int? postgresMajor)
    {
        PostgresMajor = postgresMajor;
        Replace(System.IO.Path.Combine(Path, "version"), string.Create(CultureInfo.InvariantCulture, $"{Layout} {postgresMajor}").TrimEnd() + "\n");
    }

    /// <summary>Writes beside and renames: a crash leaves the old file or the new one, never half of one.</summary>
    internal static void Replace(string file, string text)
    {
        var beside = file + ".new";
        File.Delete(beside);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(beside, options))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
        File.Move(beside, file, overwrite: true);
    }

    /// <summary>As root, others may pass through the folder, since PostgreSQL runs as one of them; each thing inside guards itself.</summary>
    internal static void CreateFolder(string path, UnixFileMode? mode = null)
    {
        if (Directory.Exists(path)) return;
        Directory.CreateDirectory(path);
        if (OperatingSystem.IsWindows()) return;
        var passable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(path, mode ?? (Environment.IsPrivilegedProcess ? passable : OwnerOnly));
    }

    // EWOULDBLOCK of Linux and of macOS, the sharing and the lock violation of Windows.
    static bool IsHeldByAnother(IOException e) => (e.HResult & 0xFFFF) is 11 or 35 or 32 or 33;

    static int? ReadVersion(string path)
    {
        var file = System.IO.Path.Combine(path, "version");
        if (!File.Exists(file)) return null;
        var numbers = File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        if (numbers is not [> 0, ..] || numbers.Contains(-1))
            throw new StandaloneException($"{file} cannot be read", "Restore it from a backup, or name another folder with --data");
        if (numbers[0] > Layout)
            throw new StandaloneException(
                $"{path} was written by a newer WebWaka POS (version {numbers[0]} of the folder, this program knows {Layout})",
                "Start that newer program, or name another folder with --data");
        return numbers.Length > 1 ? numbers[1] : null;
    }

    public void Dispose() => _lock.Dispose();
}
