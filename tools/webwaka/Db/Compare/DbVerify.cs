using Npgsql;

namespace WebWaka.Tool.Db.Compare;

/// <summary><c>webwaka db verify</c>: every difference between a database and what this program expects, by name. It changes neither.</summary>
internal static class DbVerify
{
    public static async Task<int> Run(Target target, CancellationToken ct)
    {
        var differences = await Compare(target.Admin, ct);
        foreach (var difference in differences)
            Console.WriteLine(difference);
        Console.WriteLine(differences.Count == 0
            ? "The database is as the code expects."
            : $"{differences.Count} differences. `webwaka db push` states roles, rights and policies anew; the rest was made by hand or by another version.");
        return differences.Count == 0 ? 0 : 1;
    }

    public static async Task<IReadOnlyList<string>> Compare(string adminConnection, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(adminConnection);
        await using var admin = await database.OpenConnectionAsync(ct);
        var roles = Differences.Between(await Catalogue.ExpectedRoles(admin, ct), await Catalogue.OfRoles(admin, ct));
        // Rights and policies name the roles: without one of them nothing can be made to compare with.
        if (roles.Any(difference => difference.StartsWith("missing: role ", StringComparison.Ordinal)))
            return [.. roles, "not compared: schemas, since a role is missing"];
        var actual = await Catalogue.OfSchemas(admin, ct);
        return [.. roles, .. Differences.Between(await Expected.Read(admin, adminConnection, ct), actual)];
    }
}
