namespace WebWaka.Payments.Paystack;

/// <summary>A secret key. It prints as its mode only, so that no log, trace or exception can carry it.</summary>
internal sealed class PaystackKey
{
    readonly string value;

    /// <exception cref="ArgumentException">Neither <c>sk_test_...</c> nor <c>sk_live_...</c>. The message does not repeat it.</exception>
    public PaystackKey(string value)
    {
        IsLive = value.StartsWith("sk_live_", StringComparison.Ordinal);
        if ((!IsLive && !value.StartsWith("sk_test_", StringComparison.Ordinal)) || value.Length <= "sk_test_".Length
            || value.Any(c => c is <= ' ' or > '~'))
            throw new ArgumentException("A Paystack secret key starts with sk_test_ or sk_live_.", nameof(value));
        this.value = value;
    }

    /// <summary>Null when it cannot be a key.</summary>
    public static PaystackKey? Read(string value)
    {
        try
        {
            return new PaystackKey(value);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public bool IsLive { get; }

    /// <summary>What an event of this key says in <c>data.domain</c>.</summary>
    public string Domain => IsLive ? "live" : "test";

    /// <summary>The key itself, for the Authorization header and the signature.</summary>
    public string Reveal() => value;

    public override string ToString() => IsLive ? "sk_live_***" : "sk_test_***";
}
