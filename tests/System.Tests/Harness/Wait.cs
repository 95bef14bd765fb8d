using System.Runtime.CompilerServices;

namespace WebWaka.Distributed.Tests;

internal static class Wait
{
    /// <summary>Until it holds, two minutes at most: on a small machine a dozen processes may just be starting.</summary>
    /// <param name="what">How things stand, for whoever reads that it did not become so.</param>
    public static async Task Until(Func<Task<bool>> holds, Func<string>? what = null, [CallerArgumentExpression(nameof(holds))] string condition = "")
    {
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.True(tries < 1200, $"not in two minutes: {what?.Invoke() ?? condition}");
            await Task.Delay(100);
        }
    }

    public static Task Until(Func<bool> holds, Func<string>? what = null, [CallerArgumentExpression(nameof(holds))] string condition = "") =>
        Until(() => Task.FromResult(holds()), what, condition);
}
