using System.Diagnostics;
using WebWaka.Standalone;

return await StandaloneOptions.RunAsync(args, Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory(), async (options, stopping) =>
{
    try
    {
        var clock = Stopwatch.StartNew();
        if (!FreePort.IsFree(options.Port))
            throw new StandaloneException($"Port {options.Port} is in use", "End the program that listens on it, or start with --port N");
        await using var postgres = await PostgresServer.FindOrBringAsync(options, Console.WriteLine, stopping);
        await using var redis = GarnetServer.Start(options);
        var pages = await WebBuild.PagesAsync(options.SolutionRoot, postgres.Data, Console.WriteLine, stopping);
        await using var system = await RunningSystem.Start(
            options, postgres.AdminConnectionString, redis.ConnectionString, pages, postgres.Data.Secret,
            Path.Combine(postgres.Data.Path, "trusted-keys.json"), Path.Combine(postgres.Data.Path, "paystack-sandbox"), Console.WriteLine, stopping);
        Welcome.Print(options, pages is not null, clock.Elapsed);
        await Task.Delay(Timeout.InfiniteTimeSpan, stopping);
    }
    catch (OperationCanceledException) when (stopping.IsCancellationRequested)
    {
        Console.WriteLine("Stopped.");
    }
});
