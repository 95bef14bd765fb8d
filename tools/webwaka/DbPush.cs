using Npgsql;
using WebWaka.CellKit;
using WebWaka.Standalone;

namespace WebWaka.Tool;

/// <summary><c>webwaka db push</c>: the job that all services wait for.</summary>
internal static class DbPush
{
    public static async Task<int> Run(CancellationToken ct)
    {
        var url = Environment.GetEnvironmentVariable(Wiring.Variables.DatabaseUrl)
            ?? throw new StandaloneException($"{Wiring.Variables.DatabaseUrl} is missing", "set it to the administrator's address of the database");
        await using var admin = NpgsqlDataSource.Create(ServerUrls.Postgres(url));
        await SchemaPush.Push(admin, [.. CellList.All.Select(cell => cell.Schema!)], PasswordOf, always: true, Console.WriteLine, ct);
        Console.WriteLine("The database is as the code expects.");
        return 0;
    }

    /// <summary>Each role gets the password that its service's own connection string has.</summary>
    private static string PasswordOf(string role)
    {
        var name = role == "webwaka_ops" ? Wiring.Ops
            : role.EndsWith("_relay", StringComparison.Ordinal) ? Wiring.RelayOf(role[..^"_relay".Length])
            : role[..^"_app".Length];
        var variable = $"ConnectionStrings__{name}";
        var text = Environment.GetEnvironmentVariable(variable)
            ?? throw new StandaloneException($"{variable} is missing", $"set it to the connection string with which {role} is to log in");
        return new NpgsqlConnectionStringBuilder(ServerUrls.Postgres(text, variable)).Password is { Length: > 0 } password
            ? password
            : throw new StandaloneException($"{variable} has no password", $"give {role} one");
    }
}
