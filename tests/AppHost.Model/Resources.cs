using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

public interface IResource
{
    string Name { get; }
}

public interface IResourceBuilder<out T> where T : IResource
{
    T Resource { get; }
}

public interface IResourceWithEnvironment : IResource;

public interface IResourceWithArgs : IResource;

public interface IResourceWithEndpoints : IResource;

public interface IResourceWithWaitSupport : IResource;

public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

public interface IResourceWithConnectionString : IResource, IValueProvider
{
    string ConnectionString { get; }
}

/// <summary>What may stand in an interpolated value; Aspire knows it only when the system runs.</summary>
public interface IValueProvider
{
    string Text { get; }
}

public abstract class Resource(string name) : IResource
{
    public string Name { get; } = name;

    internal Dictionary<string, Func<string>> Variables { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, string> Environment => Variables.ToDictionary(v => v.Key, v => v.Value(), StringComparer.Ordinal);

    internal List<string> Arguments { get; } = [];

    internal List<IResource> WaitsFor { get; } = [];

    internal List<IResource> WaitsForTheEndOf { get; } = [];

    internal List<string> HealthPaths { get; } = [];

    internal int? Port { get; set; }
}

public sealed class ParameterResource(string name, string value, bool secret) : Resource(name), IValueProvider
{
    public bool Secret => secret;

    public string Text => value;
}

public sealed class PostgresServerResource(string name) : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    public string ConnectionString => $"Host={Name}.test;Port=5432;Username=postgres;Password=generated";

    public string Text => ConnectionString;
}

public sealed class PostgresDatabaseResource(string name, PostgresServerResource server) : Resource(name), IResourceWithConnectionString
{
    public string ConnectionString => $"{server.ConnectionString};Database={Name}";

    public string Text => ConnectionString;
}

public sealed class RedisResource(string name) : Resource(name), IResourceWithConnectionString
{
    public string ConnectionString => $"{Name}.test:6379,password=generated,ssl=true";

    public string Text => ConnectionString;
}

public sealed class RabbitMQServerResource(string name) : Resource(name), IResourceWithConnectionString
{
    public string ConnectionString => $"amqp://guest:generated@{Name}.test:5672";

    public string Text => ConnectionString;
}

public sealed class ProjectResource(string name, string project)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    public string Project => project;
}

public sealed class JavaScriptAppResource(string name, string folder, string script) : Resource(name), IResourceWithWaitSupport
{
    public string Folder => folder;

    public string Script => script;
}

public sealed class EndpointReference(IResource owner, string name) : IValueProvider
{
    public string Text => $"{name}://{owner.Name}.test";
}

public sealed class ReferenceExpression
{
    [InterpolatedStringHandler]
    public sealed class ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly List<Func<string>> _parts = new(literalLength + formattedCount);

        public void AppendLiteral(string value) => _parts.Add(() => value);

        public void AppendFormatted(string? value) => _parts.Add(() => value ?? "");

        public void AppendFormatted<T>(T value) where T : IValueProvider => _parts.Add(() => value.Text);

        public void AppendFormatted<T>(IResourceBuilder<T> value) where T : IResource, IValueProvider => _parts.Add(() => value.Resource.Text);

        internal string Read() => _parts.Aggregate(new StringBuilder(), (text, part) => text.Append(part())).ToString();
    }
}
