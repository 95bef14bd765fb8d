namespace WebWaka.Standalone;

/// <summary>Who PostgreSQL's programs run as: ourselves, or, since they refuse root, another user when we are root.</summary>
internal sealed class ServerAccount
{
    readonly string? _user;
    readonly string[] _before;

    ServerAccount(string? user, params string[] before) => (_user, _before) = (user, before);

    /// <summary>Whether files must be handed over and folders be passable for somebody else.</summary>
    public bool IsAnother => _user is not null;

    /// <summary>Root gives way to <c>postgres</c> where that user exists, else to <c>nobody</c>: no user is made.</summary>
    public static async Task<ServerAccount> ChooseAsync(CancellationToken ct)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return new(null);
        foreach (var user in (string[])["postgres", "nobody"])
        {
            if (await ChildProcess.RunAsync("id", ["-g", user], ct) is not { Ok: true } group) continue;
            string[] setpriv = ["setpriv", $"--reuid={user}", $"--regid={group.Output.Trim()}", "--clear-groups", "--"];
            if (ChildProcess.OnPath("setpriv") is not null) return new(user, setpriv);
            if (ChildProcess.OnPath("runuser") is not null) return new(user, "runuser", "-u", user, "--");
        }
        throw new StandaloneException(
            "PostgreSQL refuses to run as root, and there is neither setpriv nor runuser to run it as another user",
            "Start as a user other than root, or set DATABASE_URL");
    }

    /// <summary>Runs a program as the account, from a folder it may stand in.</summary>
    public Task<Finished?> RunAsync(string program, IEnumerable<string> arguments, CancellationToken ct)
    {
        string[] words = [.. _before, program, .. arguments];
        return ChildProcess.RunAsync(words[0], words[1..], ct, IsAnother ? "/" : null, Surroundings);
    }

    /// <summary>Whether the account can pass through the folder to what lies in it.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken ct) =>
        !IsAnother || await RunAsync("test", ["-x", folder], ct) is { Ok: true };

    /// <summary>Gives the path and all below it to the account.</summary>
    public async Task TakeOverAsync(string path, CancellationToken ct)
    {
        if (!IsAnother) return;
        if (await ChildProcess.RunAsync("chown", ["-R", $"{_user}:", path], ct) is not { Ok: true })
            throw new StandaloneException($"{path} cannot be given to the user {_user}", "Name a folder on a local disk with --data");
    }

    // A stranger's PGDATA, PGOPTIONS or PGPORT must not steer our cluster; English and plain, since some messages are read.
    static readonly Dictionary<string, string?> Surroundings = new(StringComparer.Ordinal)
    {
        ["LC_ALL"] = "C", ["PGDATA"] = null, ["PGOPTIONS"] = null, ["PGPORT"] = null, ["PGCTLTIMEOUT"] = null,
    };
}
