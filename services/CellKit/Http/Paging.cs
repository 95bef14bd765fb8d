using System.Buffers.Text;
using System.Text;

namespace WebWaka.CellKit;

/// <summary>A page of a list. <c>NextCursor</c> is absent on the last one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor = null);

/// <summary>Cursors are opaque to callers: the sort key of the last row given, encoded.</summary>
public static class Paging
{
    public const int MaxLimit = 200;

    public static int Limit(int? asked) => Math.Clamp(asked ?? 50, 1, MaxLimit);

    public static string Encode(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    /// <summary>The key in a cursor, or null when there is none. A cursor we never gave is a problem.</summary>
    public static string? Decode(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
            return null;
        if (cursor.Length > 400 || !Base64Url.IsValid(cursor))
            throw new ProblemException(CommonProblems.InvalidRequest.With("cursor: not one of ours"));
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
    }

    /// <summary>The id in a cursor, or null for the first page.</summary>
    public static Guid? Id(string? cursor) => Decode(cursor) switch
    {
        null => null,
        var key when Guid.TryParse(key, out var id) => id,
        _ => throw new ProblemException(CommonProblems.InvalidRequest.With("cursor: not one of ours")),
    };

    /// <summary>Of <paramref name="limit"/> + 1 rows read, the page and the cursor of what follows.</summary>
    public static Page<T> Of<T>(List<T> rows, int limit, Func<T, string> key) =>
        rows.Count <= limit ? new Page<T>(rows) : new Page<T>(rows.GetRange(0, limit), Encode(key(rows[limit - 1])));
}
