using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Tax.Calculations;
using WebWaka.Tax.Consumers;
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
        builder.Services.AddSingleton(new PackShelf());
        builder.AddCell<TaxDb>(Name, cell =>
        {
            cell.Consume<TenantSettingsChanged, OnTenantSettingsChanged>();
        });
    }

    public static void MapTaxCell(this WebApplication app)
    {
        var api = app.MapCell().MapGroup("/tax");
        GetTaxRules.Map(api);
        ChangeTaxRules.Map(api);
        UpdatePack.Map(api);
        ListPacks.Map(api);
        CalculateTax.Map(api);
    }
}
