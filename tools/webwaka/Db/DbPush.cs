using Npgsql;
using WebWaka.CellKit;
using WebWaka.Standalone;

namespace WebWaka.Tool.Db;

/// <summary><c>webwaka db push</c>: the job that all services wait for.</summary>
internal static class DbPush
{
    public static readonly CellSchema[] Cells = [.. CellList.All.Select(cell => cell.Schema!)];

    public static async Task<int> Run(Target target, CancellationToken ct)
    {
        await using var admin = NpgsqlDataSource.Create(target.Admin);
        await SchemaPush.Push(admin, Cells, target.PasswordOf, always: true, Console.WriteLine, ct);
        Console.WriteLine("The database is as the code expects.");
        return 0;
    }
}
