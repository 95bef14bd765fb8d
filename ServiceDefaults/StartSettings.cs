using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace WebWaka;

/// <summary>Settings that several processes read. One that is missing or malformed is said in one line that names it.</summary>
public static partial class StartSettings
{
    private const int ShortestSecret = 16;

    /// <summary>The operator's one secret, from which every other key is derived.</summary>
    public static string RootSecret(IConfiguration configuration) =>
        configuration[Wiring.Variables.RootSecret] is { Length: >= ShortestSecret } secret && !string.IsNullOrWhiteSpace(secret)
            ? secret
            : throw new StartException(
                $"{Wiring.Variables.RootSecret} is missing or shorter than {ShortestSecret} characters",
                "Set it to a long random text, the same for all services");

    /// <summary>An Npgsql connection string: <c>ConnectionStrings__{name}</c>, in either form.</summary>
    public static string Postgres(IConfiguration configuration, string name)
    {
        var variable = $"ConnectionStrings__{name}";
        return configuration.GetConnectionString(name) is { } given && !string.IsNullOrWhiteSpace(given)
            ? ServerUrls.Postgres(given, variable)
            : throw new StartException($"{variable} is missing", "Set it to a connection string of the role that `webwaka db push` made");
    }

    /// <summary>A StackExchange.Redis configuration: <c>REDIS_URL</c>, or Aspire's <c>ConnectionStrings__redis</c>, in either form.</summary>
    public static string Redis(IConfiguration configuration)
    {
        if (configuration[Wiring.Variables.RedisUrl] is { } url && !string.IsNullOrWhiteSpace(url))
            return ServerUrls.Redis(url.Trim());
        return configuration.GetConnectionString(Wiring.Redis) is { } given && !string.IsNullOrWhiteSpace(given)
            ? ServerUrls.Redis(given, $"ConnectionStrings__{Wiring.Redis}")
            : throw new StartException($"{Wiring.Variables.RedisUrl} is missing", "Set it to redis://:password@host:6379");
    }

    /// <summary>The domain whose first label is the shop, without a port: what is written behind the name is left off.</summary>
    public static string RootDomain(IConfiguration configuration) => RootDomain(configuration[Wiring.Variables.RootDomain]);

    /// <inheritdoc cref="RootDomain(IConfiguration)"/>
    public static string RootDomain(string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
            return "localhost";
        return Domain().Match(given.Trim().ToLowerInvariant()) is { Success: true } match
            ? match.Groups["name"].Value
            : throw new StartException(
                $"{Wiring.Variables.RootDomain} is no domain", "Write the name alone, such as example.com: no scheme, no path, no address of numbers");
    }

    [GeneratedRegex(
        @"^(?<name>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)(?::\d{1,5})?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Domain();
}
