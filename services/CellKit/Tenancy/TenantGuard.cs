using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WebWaka.CellKit;

/// <summary>Refuses any command of a <see cref="CellDb"/> outside of a tenant: the mistake is seen where it is made, not as missing rows.</summary>
internal sealed class TenantGuard : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result) =>
        Checked(data, result);

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData data, InterceptionResult<int> result) =>
        Checked(data, result);

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData data, InterceptionResult<object> result) =>
        Checked(data, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result, CancellationToken ct = default) => new(Checked(data, result));

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData data, InterceptionResult<int> result, CancellationToken ct = default) => new(Checked(data, result));

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData data, InterceptionResult<object> result, CancellationToken ct = default) => new(Checked(data, result));

    private static T Checked<T>(CommandEventData data, T result) =>
        data.Context is CellDb { Tenant: null }
            ? throw new InvalidOperationException("A Cell's database is used inside db.InTenant(...) only.")
            : result;
}
