using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace WebWaka.CellKit;

/// <summary>
/// A failure a caller can do something about, by name. <c>Code</c> is stable, snake_case and listed in docs/problems.md;
/// it is answered as RFC 9457 problem details.
/// </summary>
/// <param name="Title">The same for every occurrence of the code.</param>
/// <param name="Detail">What was wrong this time. Never another tenant's data, never SQL.</param>
/// <param name="Extensions">Further members of the answer, for example the new quote of <c>price_changed</c>.</param>
public sealed record Problem(string Code, int Status, string Title, string? Detail = null, IReadOnlyDictionary<string, object?>? Extensions = null)
{
    /// <summary>The same problem with what was wrong this time.</summary>
    public Problem With(string detail) => this with { Detail = detail };

    public Problem With(string member, object? value) =>
        this with { Extensions = new Dictionary<string, object?>(Extensions ?? new Dictionary<string, object?>()) { [member] = value } };

    public ProblemHttpResult ToHttp() =>
        TypedResults.Problem(
            detail: Detail, statusCode: Status, title: Title, type: $"https://webwaka.dev/problems/{Code}",
            extensions: new Dictionary<string, object?>(Extensions ?? new Dictionary<string, object?>()) { ["code"] = Code });
}

/// <summary>Carries a <see cref="Problem"/> out of binding and middleware, where no value can be returned.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Code)
{
    public Problem Problem { get; } = problem;
}

/// <summary>Either what was asked for or the problem that prevented it. Failure is a value, not control flow.</summary>
public readonly record struct Outcome<T>
{
    private Outcome(T? value, Problem? problem) => (Value, Problem) = (value, problem);

    public T? Value { get; }

    public Problem? Problem { get; }

    public bool Ok => Problem is null;

    public static implicit operator Outcome<T>(T value) => new(value, problem: null);

    public static implicit operator Outcome<T>(Problem problem) => new(default, problem);

    /// <summary>The answer: what <paramref name="answer"/> makes of the value, or the problem.</summary>
    public IResult ToHttp(Func<T, IResult> answer) => Problem is { } problem ? problem.ToHttp() : answer(Value!);

    public IResult ToHttp() => ToHttp(value => TypedResults.Ok(value));
}
