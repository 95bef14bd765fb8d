namespace WebWaka.Payments.Paystack;

/// <summary>
/// What became of a call. A caller must look at which it is: only <see cref="Unknown"/> may have moved money without our knowing,
/// and only <see cref="NotDone"/> may be sent again.
/// </summary>
internal abstract record PaystackOutcome<T>
{
    PaystackOutcome()
    {
    }

    /// <summary>Paystack answered. Whether a payment succeeded is in the data, not in this.</summary>
    internal sealed record Done(T Data) : PaystackOutcome<T>;

    /// <summary>Paystack said no, and nothing was done.</summary>
    internal sealed record Refused(PaystackError Error) : PaystackOutcome<T>;

    /// <summary>Paystack did nothing: it was not reached, or it said to come again later. A read that failed is this too.</summary>
    internal sealed record NotDone(string Why, TimeSpan? RetryAfter = null) : PaystackOutcome<T>;

    /// <summary>A write that may or may not have had its effect. Never send it again: verify by reference, or list refunds.</summary>
    internal sealed record Unknown(string Why) : PaystackOutcome<T>;
}

/// <summary>A refusal. <paramref name="Code"/> is empty where an older endpoint gives none.</summary>
internal sealed record PaystackError(int HttpStatus, string Message, string Code)
{
    public bool IsDuplicateReference => Code is "duplicate_reference";

    /// <summary>Seen as 400 and as 404. It says neither paid nor failed.</summary>
    public bool IsUnknownTransaction => Code is "transaction_not_found" || Message is "Transaction reference not found.";

    public bool IsUnsupportedCurrency => Code is "unsupported_currency";

    public bool IsAlreadyReversed => Code is "transaction_reversed";
}
