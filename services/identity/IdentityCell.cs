using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Identity.Clients;
using WebWaka.Identity.Customers;
using WebWaka.Identity.Settings;
using WebWaka.Identity.Staff;
using WebWaka.Identity.Stores;
using WebWaka.Identity.Tenants;
using WebWaka.Identity.Tokens;

namespace WebWaka.Identity;

/// <summary>The table of contents: every route. Nothing comes in by event.</summary>
public static class IdentityCell
{
    public const string Name = Wiring.Identity;

    public static readonly CellSchema Schema = new(
        Name,
        (connection, context) =>
        [
            new DirectoryDb(ModelOptions.ForOwner<DirectoryDb>(connection, Name)),
            new IdentityDb(ModelOptions.ForOwner<IdentityDb>(connection, Name), context),
        ],
        AppendOnly: new HashSet<string>(),
        Shared: DirectoryDb.Tables) { Retell = Retold.Events };

    public static void AddIdentityCell(this IHostApplicationBuilder builder)
    {
        builder.AddCell<IdentityDb>(Name, _ => { });
        builder.Services.AddDbContext<DirectoryDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .UseSnakeCaseNamingConvention());
        builder.AddTokenServer();
    }

    public static void MapIdentityCell(this WebApplication app)
    {
        var api = app.MapCell().RefuseCardNumbers();
        ExchangeToken.Map(app);
        FindTenant.Map(app);
        SignUp.Map(api);
        GetMe.Map(api);
        GetSettings.Map(api);
        ChangeSettings.Map(api);
        ListStores.Map(api);
        AddStore.Map(api);
        ChangeStore.Map(api);
        ListTills.Map(api);
        AddTill.Map(api);
        ChangeTill.Map(api);
        ListStaff.Map(api);
        AddStaff.Map(api);
        ChangeStaff.Map(api);
        ListRoles.Map(api);
        AddRole.Map(api);
        ListCustomers.Map(api);
        GetCustomer.Map(api);
        AddCustomer.Map(api);
        ChangeCustomer.Map(api);
        ListClients.Map(api);
        AddClient.Map(api);
        RemoveClient.Map(api);
    }
}
