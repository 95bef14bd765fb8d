using Npgsql;
using WebWaka.Standalone;

return await StandaloneOptions.RunAsync(args, Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory(), async (options, stopping) =>
{
    try
    {
        await using var postgres = await PostgresServer.FindOrBringAsync(options, Console.WriteLine, stopping);
        await using var redis = GarnetServer.Start(options);
        var pages = await WebBuild.PagesAsync(options.SolutionRoot, postgres.Data, Console.WriteLine, stopping);
        NpgsqlConnectionStringBuilder admin = new(postgres.AdminConnectionString);
        Console.WriteLine($"PostgreSQL  {admin.Host}:{admin.Port}, database {admin.Database}");
        Console.WriteLine($"Redis       {redis.Address}");
        Console.WriteLine($"Web pages   {pages ?? "none"}");
        Console.WriteLine("Ready. Ctrl-C stops it.");
        await Task.Delay(Timeout.InfiniteTimeSpan, stopping);
    }
    catch (OperationCanceledException) when (stopping.IsCancellationRequested)
    {
        Console.WriteLine("Stopped.");
    }
});
