using System.Globalization;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

internal static class Paging
{
    const int DefaultPerPage = 50;

    public static (IEnumerable<T> Rows, JsonObject Meta) Of<T>(IReadOnlyCollection<T> rows, IQueryCollection query)
    {
        var page = Math.Max(1, Number(query, "page", 1));
        var perPage = Math.Clamp(Number(query, "perPage", DefaultPerPage), 1, 1_000);
        var skipped = checked((page - 1) * perPage);
        return (rows.Skip(skipped).Take(perPage), new JsonObject
        {
            ["total"] = rows.Count,
            ["skipped"] = skipped,
            ["perPage"] = perPage,
            ["page"] = page,
            ["pageCount"] = (rows.Count + perPage - 1) / perPage,
        });
    }

    public static bool Within(IQueryCollection query, DateTimeOffset moment) =>
        (Moment(query, "from") is not { } from || moment >= from) && (Moment(query, "to") is not { } to || moment <= to);

    static DateTimeOffset? Moment(IQueryCollection query, string name) =>
        DateTimeOffset.TryParse(query[name], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    static int Number(IQueryCollection query, string name, int otherwise) =>
        int.TryParse(query[name], out var number) ? Math.Min(number, 1_000_000) : otherwise;
}
