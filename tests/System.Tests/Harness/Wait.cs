namespace WebWaka.Distributed.Tests;

internal static class Wait
{
    /// <summary>Until it holds, a minute at most.</summary>
    public static async Task Until(Func<bool> holds, Func<string> what)
    {
        for (var tries = 0; !holds(); tries++)
        {
            Assert.True(tries < 600, $"not in a minute: {what()}");
            await Task.Delay(100);
        }
    }
}
