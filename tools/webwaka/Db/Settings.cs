using Npgsql;
using WebWaka.Standalone;

namespace WebWaka.Tool.Db;

/// <summary>Passwords as the services have them: each role gets the one that its service's own connection string has.</summary>
internal static class Settings
{
    public static string PasswordOf(string role)
    {
        var name = role == Wiring.OpsRole ? Wiring.Ops
            : role.EndsWith("_relay", StringComparison.Ordinal) ? Wiring.RelayOf(role[..^"_relay".Length])
            : role[..^"_app".Length];
        var variable = $"ConnectionStrings__{name}";
        var text = Environment.GetEnvironmentVariable(variable)
            ?? throw new StandaloneException($"{variable} is missing", $"set it to the connection string with which {role} is to log in");
        return new NpgsqlConnectionStringBuilder(ServerUrls.Postgres(text, variable)).Password is { Length: > 0 } password
            ? password
            : throw new StandaloneException($"{variable} has no password", $"give {role} one");
    }

    /// <summary>Empty where it is not set: not every command needs it.</summary>
    public static string OpsOrNothing()
    {
        var variable = $"ConnectionStrings__{Wiring.Ops}";
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? ServerUrls.Postgres(text, variable) : "";
    }
}
