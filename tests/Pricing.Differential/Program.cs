using System.Diagnostics;
using System.Globalization;
using WebWaka.Pricing.Differential;

// Prices random carts here and by the till's twin in Node, and compares the answers byte by byte.
//   dotnet run -c Release --project tests/Pricing.Differential -- --count 100000 [--seed 7]
// The seed is printed; the same seed gives the same carts. web/node_modules must be there (npm ci).
const int CartsPerBook = 4;
const int Shown = 5;

var count = Option("--count", 5_000);
var seed = Option("--seed", Random.Shared.Next());
var root = new DirectoryInfo(AppContext.BaseDirectory);
while (root is not null && !File.Exists(Path.Combine(root.FullName, "WebWakaPos.sln"))) root = root.Parent;
if (root is null) return Fail("Not inside the repository.");
var web = Path.Combine(root.FullName, "web");
var built = Path.Combine(root.FullName, "artifacts", "pricing-twin");
using (var compiler = Start(Path.Combine(web, "node_modules", ".bin", "tsc"), ["-p", "tsconfig.pricing.json", "--outDir", built]))
{
    compiler.StandardInput.Close();
    var said = await compiler.StandardOutput.ReadToEndAsync();
    await compiler.WaitForExitAsync();
    if (compiler.ExitCode != 0) return Fail($"The twin does not compile.\n{said}");
}

Console.WriteLine($"{count} carts from seed {seed}");
using var twin = Start("node", [Path.Combine(built, "differential.js")]);
var started = Stopwatch.StartNew();
var (compared, priced, different) = (0, 0, 0);
for (var i = 0; compared < count; i++)
{
    var own = unchecked(seed + i);
    var json = new RandomCase(own).Next(Math.Min(CartsPerBook, count - compared)).Json();
    await twin.StandardInput.WriteLineAsync(json);
    await twin.StandardInput.FlushAsync();
    // While the twin works on it, so do we. Read back, so that both price what was written.
    var one = Case.Read(json);
    foreach (var (answer, at) in one.Answers().Select((answer, at) => (answer, at)))
    {
        var other = await twin.StandardOutput.ReadLineAsync();
        if (other is null) return Fail($"The twin stopped at seed {own}, cart {at}.");
        compared++;
        if (!answer.StartsWith("[{\"failure\"", StringComparison.Ordinal)) priced++;
        if (answer == other) continue;
        different++;
        if (different <= Shown) Report(own, at, one, answer, other);
    }
}

twin.StandardInput.Close();
await twin.WaitForExitAsync();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{compared} carts ({priced} priced, {compared - priced} refused) in {started.Elapsed.TotalSeconds:F0} s: {different} differences"));
return different == 0 ? 0 : 1;

int Option(string name, int otherwise) =>
    Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
{
    WorkingDirectory = web, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
})!;

static int Fail(string why)
{
    Console.Error.WriteLine(why);
    return 2;
}

void Report(int seed, int cart, Case one, string here, string there)
{
    var at = 0;
    while (at < here.Length && at < there.Length && here[at] == there[at]) at++;
    var from = Math.Max(0, at - 1500);
    Console.WriteLine($"--- seed {seed}, cart {cart}, at {at}");
    Console.WriteLine($"here:  {here[from..Math.Min(here.Length, at + 1200)]}");
    Console.WriteLine($"there: {there[from..Math.Min(there.Length, at + 1200)]}");
    if (args.Contains("--verbose")) Console.WriteLine((one with { Carts = [one.Carts[cart]] }).Json());
}
