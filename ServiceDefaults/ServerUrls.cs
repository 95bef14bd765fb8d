using Npgsql;
using StackExchange.Redis;

namespace WebWaka;

/// <summary>Reads the addresses that operators give, in the forms they have them.</summary>
public static class ServerUrls
{
    // libpq's names where Npgsql's differ; every other name is tried as Npgsql's own.
    private static readonly Dictionary<string, string> LibpqNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["application_name"] = "Application Name",
        ["channel_binding"] = "Channel Binding",
        ["connect_timeout"] = "Timeout",
        ["dbname"] = "Database",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["target_session_attrs"] = "Target Session Attributes",
        ["user"] = "Username",
    };

    /// <summary><c>postgres://user:password@host:port/database?sslmode=require</c>, <c>postgresql://...</c> or an Npgsql string.</summary>
    /// <returns>An Npgsql connection string; the database is <c>webwaka</c> when none is named.</returns>
    /// <exception cref="StartException">The value cannot be read. The message never repeats it: it holds a password.</exception>
    public static string Postgres(string value, string variable = Wiring.Variables.DatabaseUrl)
    {
        try
        {
            var builder = IsUrl(value, "postgres", "postgresql") is { } url ? FromUrl(url) : new NpgsqlConnectionStringBuilder(value);
            if (string.IsNullOrEmpty(builder.Host)) throw new FormatException("it names no host");
            if (string.IsNullOrEmpty(builder.Database)) builder.Database = "webwaka";
            // Asked for first otherwise, by a library of Kerberos that small images do not have; each process would complain of it.
            if (!builder.ShouldSerialize("GSS Encryption Mode")) builder.GssEncryptionMode = GssEncryptionMode.Disable;
            return builder.ConnectionString;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new StartException(
                $"{variable} cannot be read: {Reason(e, value)}", "Write postgres://user:password@host:5432/webwaka or an Npgsql connection string", e);
        }
    }

    /// <summary><c>redis://user:password@host:port/0</c>, <c>rediss://</c> for TLS, or a StackExchange.Redis configuration.</summary>
    public static string Redis(string value, string variable = Wiring.Variables.RedisUrl)
    {
        try
        {
            if (IsUrl(value, "redis", "rediss") is not { } url)
            {
                var given = ConfigurationOptions.Parse(value);
                return given.EndPoints.Count > 0 ? value : throw new FormatException("it names no host");
            }
            var (user, password) = UserInfo(url);
            ConfigurationOptions options = new()
            {
                EndPoints = { { url.IdnHost, url.Port > 0 ? url.Port : 6379 } },
                Ssl = url.Scheme is "rediss",
                User = user,
                Password = password,
            };
            if (url.AbsolutePath.Trim('/') is { Length: > 0 } number)
                options.DefaultDatabase = int.TryParse(number, out var database) ? database : throw new FormatException("the database is not a number");
            return options.ToString(includePassword: true);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new StartException(
                $"{variable} cannot be read: {Reason(e, value)}", "Write redis://:password@host:6379 or a StackExchange.Redis configuration", e);
        }
    }

    private static Uri? IsUrl(string value, params ReadOnlySpan<string> schemes)
    {
        if (!value.Contains("://", StringComparison.Ordinal)) return null;
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url))
            throw new FormatException("it is not a URL (percent-encode special characters in the password)");
        if (!schemes.Contains(url.Scheme)) throw new FormatException($"its scheme is not {schemes[^1]}");
        return url;
    }

    private static NpgsqlConnectionStringBuilder FromUrl(Uri url)
    {
        var (user, password) = UserInfo(url);
        NpgsqlConnectionStringBuilder builder = new()
        {
            Host = Uri.UnescapeDataString(url.IdnHost),
            Port = url.Port > 0 ? url.Port : 5432,
            Username = user,
            Password = password,
            Database = Uri.UnescapeDataString(url.AbsolutePath.Trim('/')),
        };
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [var name, var encoded]) throw new FormatException("its query is not name=value pairs");
            var text = Uri.UnescapeDataString(encoded);
            if (name is "sslmode") text = text.Replace("-", "", StringComparison.Ordinal);
            try { builder[LibpqNames.GetValueOrDefault(name, name)] = text; }
            catch (ArgumentException e) { throw new FormatException($"its parameter '{name}' is not known or has a wrong value", e); }
        }
        return builder;
    }

    private static (string? User, string? Password) UserInfo(Uri url)
    {
        var parts = url.UserInfo.Split(':', 2);
        return (parts[0] is { Length: > 0 } user ? Uri.UnescapeDataString(user) : null,
            parts is [_, { Length: > 0 } password] ? Uri.UnescapeDataString(password) : null);
    }

    // Only our own words: a parser's message may quote the value.
    private static string Reason(Exception e, string value) => e is FormatException { Message: var own } && !own.Contains(value, StringComparison.Ordinal)
        ? own
        : "it is neither a URL nor a connection string";
}
