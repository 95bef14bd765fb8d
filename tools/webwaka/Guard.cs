using Npgsql;

namespace WebWaka.Tool;

/// <summary>What stops a command is one line for the person who typed it, and exit code 2.</summary>
internal static class Guard
{
    public static async Task<int> Run(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (StartException error)
        {
            return await Say(error.Message);
        }
        catch (NpgsqlException error)
        {
            return await Say($"The database refused or does not answer: {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return await Say(error.Message);
        }
    }

    private static async Task<int> Say(string line)
    {
        await Console.Error.WriteLineAsync(line.ReplaceLineEndings(" "));
        return 2;
    }
}
