using System.Globalization;

namespace WebWaka.Standalone;

/// <summary>What a person reads when everything runs: where to go and how to sign in.</summary>
internal static class Welcome
{
    public static void Print(StandaloneOptions options, bool pages, TimeSpan took)
    {
        Console.WriteLine();
        Console.WriteLine($"WebWaka POS is ready after {took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s. Data: {options.DataPath}");
        if (options.Demo)
        {
            foreach (var slug in (string[])[DemoData.Nigeria, DemoData.Ghana])
            {
                Console.WriteLine($"  {(pages ? "Till" : "API "),-6} http://{slug}.{options.RootDomain}:{options.Port}/");
                Console.WriteLine($"         cashier@{slug}.test, manager@{slug}.test, owner@{slug}.test with the password {DemoData.Password}");
            }
        }

        else
        {
            Console.WriteLine($"  {(pages ? "Tills" : "API"),-6} http://{{shop}}.{options.RootDomain}:{options.Port}/ on every address of this machine");
            Console.WriteLine($"         A new shop: POST http://{options.RootDomain}:{options.Port}/api/tenants (docs/operations.md)");
        }

        Console.WriteLine($"  Docs   http://{options.RootDomain}:{options.Port}/docs");
        Console.WriteLine($"  Health http://{options.RootDomain}:{options.Port}/api/health");
        Console.WriteLine("Ctrl-C stops it.");
    }
}
