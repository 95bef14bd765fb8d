namespace WebWaka;

/// <summary>
/// <c>dotnet Identity.dll health</c>: asks the process in the same container whether it is ready. For container engines, which
/// look by running a program inside the image, where there is no shell and no curl.
/// </summary>
internal static class HealthProbe
{
    public const string Argument = "health";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <returns>The exit code: 0 when it is ready, else 1, with what fails in one line.</returns>
    public static async Task<int> Ask()
    {
        var port = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS")?.Split(';')[0] ?? "8080";
        try
        {
            using HttpClient client = new() { Timeout = Patience };
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/ready"));
            if (answer.IsSuccessStatusCode)
                return 0;
            await Console.Error.WriteLineAsync($"not ready: {await answer.Content.ReadAsStringAsync()}");
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"no answer: {error.Message}");
        }

        return 1;
    }
}
