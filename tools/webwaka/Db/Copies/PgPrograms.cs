using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using WebWaka.Standalone;

namespace WebWaka.Tool.Db.Copies;

/// <summary>PostgreSQL's own programs, where this machine has them.</summary>
internal static partial class PgPrograms
{
    /// <summary>The newest whose major version fits; null when there is none.</summary>
    public static async Task<string?> Find(string program, Func<int, bool> fits, CancellationToken ct)
    {
        var folders = new[] { ChildProcess.OnPath(program) is { } onPath ? Path.GetDirectoryName(onPath)! : null }.OfType<string>()
            .Concat(PostgresBinaries.UsualFolders()).Distinct(StringComparer.Ordinal);
        var found = new List<(int Major, string Path)>();
        foreach (var path in folders.Select(folder => new PostgresBinaries(folder, 0).Program(program)).Where(File.Exists))
        {
            if (await ChildProcess.RunAsync(path, ["--version"], ct) is { Ok: true } said && Version().Match(said.Output) is { Success: true } match)
                found.Add((int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture), path));
        }

        return found.Where(one => fits(one.Major)).OrderByDescending(one => one.Major).Select(one => one.Path).FirstOrDefault();
    }

    /// <summary>The Cells' schemas with all that is in them, of the snapshot that another connection holds.</summary>
    public static async Task<StoredFile> Dump(string program, string connection, string snapshot, string file, CancellationToken ct)
    {
        string[] schemas = [.. DbPush.Cells.SelectMany(cell => new[] { "-n", cell.Name })];
        await Run(program, ["--enable-row-security", $"--snapshot={snapshot}", "-Fc", "-w", "-f", file, .. schemas], connection, ct);
        return await DurableFile.Described(file, ct);
    }

    /// <summary>All of the archive or nothing. The rows come before their policies are switched on.</summary>
    public static Task Restore(string program, string connection, string file, CancellationToken ct) =>
        Run(program, ["--exit-on-error", "--single-transaction", "-w", "-d", new NpgsqlConnectionStringBuilder(connection).Database!, file], connection, ct);

    private static async Task Run(string program, string[] arguments, string connection, CancellationToken ct)
    {
        var to = new NpgsqlConnectionStringBuilder(connection);
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PGHOST"] = to.Host, ["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture), ["PGUSER"] = to.Username, ["PGPASSWORD"] = to.Password,
            ["PGDATABASE"] = to.Database, ["PGOPTIONS"] = null,
            ["PGSSLMODE"] = SslModeOf(to.SslMode), ["PGSSLROOTCERT"] = to.RootCertificate, ["PGSSLCERT"] = to.SslCertificate, ["PGSSLKEY"] = to.SslKey,
        };
        var done = await ChildProcess.RunAsync(program, arguments, ct, environment: environment);
        if (done is not { Ok: true })
            throw new StandaloneException($"{Path.GetFileName(program)} failed: {done?.LastLine ?? "it cannot be run"}", "mend that, or use --way copy");
    }

    private static string SslModeOf(SslMode mode) => mode switch
    {
        SslMode.VerifyCA => "verify-ca",
        SslMode.VerifyFull => "verify-full",
        _ => mode.ToString().ToLowerInvariant(),
    };

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
