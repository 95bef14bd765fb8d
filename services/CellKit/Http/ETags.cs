using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace WebWaka.CellKit;

/// <summary>A row that changes: <c>Version</c> counts up, is its ETag, its concurrency token, and the version of its event.</summary>
public interface IVersioned
{
    long Version { get; set; }
}

/// <summary>The header <c>If-Match</c>, required wherever it is a parameter: the version that the caller read.</summary>
public readonly record struct IfMatch(long Version)
{
    public static ValueTask<IfMatch> BindAsync(HttpContext http, ParameterInfo _)
    {
        var text = http.Request.Headers.IfMatch.ToString().Trim();
        if (text.Length == 0)
            throw new ProblemException(CommonProblems.IfMatchRequired);
        // A tag we never gave cannot be the current one.
        return new(long.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new IfMatch(version)
            : throw new ProblemException(CommonProblems.VersionMoved));
    }

    /// <summary>The problem when <paramref name="row"/> has moved on, else counts its version up.</summary>
    public Problem? Raise(IVersioned row)
    {
        if (row.Version != Version)
            return CommonProblems.VersionMoved;
        row.Version++;
        return null;
    }
}

public static class ETags
{
    /// <summary>Sets the answer's ETag to the row's version.</summary>
    public static void SetETag(this HttpContext http, long version) => http.Response.Headers.ETag = $"\"{version}\"";
}
