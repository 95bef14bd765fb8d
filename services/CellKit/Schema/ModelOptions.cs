using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace WebWaka.CellKit;

/// <summary>Options of a Cell's context where no tenant is set: for migrations, run as the owner, and for the tool that writes them.</summary>
public static class ModelOptions
{
    public static DbContextOptions<TDb> ForOwner<TDb>(DbConnection connection, string schema) where TDb : DbContext =>
        new DbContextOptionsBuilder<TDb>()
            .UseNpgsql(connection, npgsql => npgsql.MigrationsHistoryTable("__ef_migrations", schema))
            .UseSnakeCaseNamingConvention()
            .Options;

    /// <summary>Enough to compare models with; no connection is made.</summary>
    public static DbContextOptions<TDb> ForDesign<TDb>(string schema) where TDb : DbContext =>
        new DbContextOptionsBuilder<TDb>()
            .UseNpgsql(npgsql => npgsql.MigrationsHistoryTable("__ef_migrations", schema))
            .UseSnakeCaseNamingConvention()
            .Options;

    /// <summary>The context that <c>dotnet ef</c> needs of a Cell.</summary>
    public static CellContext DesignContext(string name) => new(name, TimeProvider.System, new OutboxSignal());
}
