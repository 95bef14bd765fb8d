using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using WebWaka.CellKit;
using WebWaka.Identity.Tenants;
using WebWaka.Identity.Tokens;

namespace WebWaka.Identity;

/// <summary>
/// What identity must read before it knows a tenant, or for all of them: which tenant a host is, the signing keys, and
/// OpenIddict's own tables. None of these has row-level security, so nothing else belongs here.
/// </summary>
internal sealed class DirectoryDb(DbContextOptions<DirectoryDb> options) : DbContext(options)
{
    /// <summary>The tables without a tenant, as <see cref="CellSchema.Shared"/> lists them.</summary>
    public static readonly HashSet<string> Tables =
        ["tenant", "signing_key", "oauth_application", "oauth_authorization", "oauth_scope", "oauth_token"];

    public DbSet<TenantRow> Tenants => Set<TenantRow>();

    public DbSet<SigningKeyRow> SigningKeys => Set<SigningKeyRow>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasDefaultSchema(IdentityCell.Name);
        TenantRow.Describe(model);
        model.Entity<SigningKeyRow>(row =>
        {
            row.ToTable("signing_key").HasKey(r => r.Generation);
            row.Property(r => r.Generation).ValueGeneratedNever();
        });
        model.UseOpenIddict<Guid>();
        model.Entity<OpenIddictEntityFrameworkCoreApplication<Guid>>().ToTable("oauth_application").HasData(TillClient());
        model.Entity<OpenIddictEntityFrameworkCoreAuthorization<Guid>>().ToTable("oauth_authorization");
        model.Entity<OpenIddictEntityFrameworkCoreScope<Guid>>().ToTable("oauth_scope");
        model.Entity<OpenIddictEntityFrameworkCoreToken<Guid>>().ToTable("oauth_token");
    }

    /// <summary>The client that tills and the back office sign in with. It comes with the migration: replicas that seed race.</summary>
    private static object TillClient() => new
    {
        Id = new Guid("01900000-0000-7000-8000-000000000001"),
        ClientId = ExchangeToken.TillClient,
        ClientType = OpenIddictConstants.ClientTypes.Public,
        ApplicationType = OpenIddictConstants.ApplicationTypes.Web,
        ConcurrencyToken = "01900000-0000-7000-8000-000000000002",
        DisplayName = "Till and back office",
        Permissions = $"""["{OpenIddictConstants.Permissions.Endpoints.Token}","{OpenIddictConstants.Permissions.GrantTypes.Password}","{OpenIddictConstants.Permissions.GrantTypes.RefreshToken}"]""",
    };

    internal sealed class Design : IDesignTimeDbContextFactory<DirectoryDb>
    {
        public DirectoryDb CreateDbContext(string[] args) => new(ModelOptions.ForDesign<DirectoryDb>(IdentityCell.Name));
    }
}
