namespace WebWaka.Pricing;

/// <summary>An expected failure. <paramref name="Code"/> is stable snake_case (docs/pricing.md lists them);
/// <paramref name="Line"/> is the cart's line number where one line is at fault.</summary>
public sealed record PricingFailure(string Code, string Detail, int? Line = null);

/// <summary>Either a value or the failure that stood in its way, never both and never neither.</summary>
public readonly record struct PricingOutcome<T>
    where T : class
{
    PricingOutcome(T? value, PricingFailure? failure)
    {
        Value = value;
        Failure = failure;
    }

    public T? Value { get; }

    public PricingFailure? Failure { get; }

    /// <summary>The value; throws where there is a failure, so only for callers who have looked.</summary>
    public T Must() => Value ?? throw new InvalidOperationException($"{Failure?.Code}: {Failure?.Detail}");

    public static implicit operator PricingOutcome<T>(T value) => new(value ?? throw new ArgumentNullException(nameof(value)), null);

    public static implicit operator PricingOutcome<T>(PricingFailure failure) =>
        new(null, failure ?? throw new ArgumentNullException(nameof(failure)));
}
