using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Inventory;
using WebWaka.Tax.Calculations;
using WebWaka.Tax.Consumers;
using WebWaka.Tax.Exemptions;
using WebWaka.Tax.Rules;

namespace WebWaka.Tax;

/// <summary>The table of contents: every event that comes in, and every route.</summary>
public static class TaxCell
{
    public const string Name = Wiring.Tax;

    public static readonly CellSchema Schema = new(
        Name,
        (connection, context) => [new TaxDb(ModelOptions.ForOwner<TaxDb>(connection, Name), context)],
        AppendOnly: new HashSet<string>(StringComparer.Ordinal),
        Shared: new HashSet<string>(StringComparer.Ordinal)) { Retell = Retold.Events };

    public static void AddTaxCell(this IHostApplicationBuilder builder)
    {
        var folder = builder.Configuration["Tax:PacksFolder"];
        builder.Services.AddSingleton(provider => new PackShelf(
            PackShelf.Shipped, string.IsNullOrWhiteSpace(folder) ? null : folder, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PackShelf>>()));
        builder.AddCell<TaxDb>(Name, cell =>
        {
            cell.Consume<TenantSettingsChanged, OnTenantSettingsChanged>();
            cell.Consume<ProductChanged, OnProductChanged>();
        });
    }

    public static void MapTaxCell(this WebApplication app)
    {
        // Now rather than at the first request: a pack with a fault stops the process at start.
        app.Services.GetRequiredService<PackShelf>();
        var api = app.MapCell().RefuseCardNumbers().MapGroup("/tax");
        GetTaxRules.Map(api);
        ChangeTaxRules.Map(api);
        ConfirmRules.Map(api);
        ListPacks.Map(api);
        ApplyPack.Map(api);
        AddExemption.Map(api);
        ChangeExemption.Map(api);
        ListExemptions.Map(api);
        CalculateTax.Map(api);
    }
}
