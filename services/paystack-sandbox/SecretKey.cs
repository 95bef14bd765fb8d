namespace WebWaka.PaystackSandbox;

/// <summary>Any <c>sk_test_...</c> key is an integration of its own. A live key has no business here and is refused as unknown.</summary>
internal static class SecretKey
{
    const string Scheme = "Bearer ";
    static readonly object Item = new();

    public static ValueTask<object?> Require(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var header = http.Request.Headers.Authorization.ToString();
        var key = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        if (!key.StartsWith("sk_test_", StringComparison.Ordinal) || key.Length == "sk_test_".Length)
            return ValueTask.FromResult<object?>(Refusals.InvalidKey());
        http.Items[Item] = http.RequestServices.GetRequiredService<Books>().Of(key);
        return next(context);
    }

    public static Integration Integration(this HttpContext context) => (Integration)context.Items[Item]!;
}
