namespace WebWaka.Tool.Bench;

/// <summary>The compilers of all processes share the machine with what they compile: nothing is measured until they are quiet.</summary>
internal static class WarmUp
{
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private const int Steps = 12;
    private const int Patience = 3;
    private const double Gain = 0.95;

    /// <summary>Works until it gets no better, for two minutes at most.</summary>
    /// <param name="work">A step; answers what may fall, and what is printed of it.</param>
    public static async Task UntilNoBetter(Func<Task<(double Cost, string Says)>> work)
    {
        var best = double.MaxValue;
        for (var (step, noBetter) = (0, 0); step < Steps && noBetter < Patience; step++)
        {
            var (cost, says) = await work();
            Console.WriteLine($"warming up: {says}");
            noBetter = cost > best * Gain ? noBetter + 1 : 0;
            best = Math.Min(best, cost);
        }
    }
}
