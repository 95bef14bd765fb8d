using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

// Names, parameters and constraints as Aspire 13.1.3 has them; the bodies only take notes.

public interface IDistributedApplicationBuilder
{
    string AppHostDirectory { get; }

    DistributedApplication Build();
}

public interface IProjectMetadata;

public sealed class DistributedApplication
{
    /// <summary>What the last run of AppHost.cs described.</summary>
    internal static Noted? Described { get; private set; }

    internal static bool Ran { get; private set; }

    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        Ran = false;
        return Described = new Noted();
    }

    public void Run() => Ran = true;

    internal sealed class Noted : IDistributedApplicationBuilder
    {
        public List<Resource> Resources { get; } = [];

        public string AppHostDirectory => "/webwaka/AppHost";

        public DistributedApplication Build() => new();

        public Resource this[string name] => Resources.Single(resource => resource.Name == name);

        public Builder<T> Add<T>(T resource) where T : Resource
        {
            if (Resources.Exists(other => string.Equals(other.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
                throw new InvalidOperationException($"There are two resources named {resource.Name}.");
            Resources.Add(resource);
            return new Builder<T>(resource);
        }
    }

    internal sealed record Builder<T>(T Resource) : IResourceBuilder<T> where T : Resource;
}
