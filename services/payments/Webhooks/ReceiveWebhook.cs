using WebWaka.CellKit;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Webhooks;

/// <summary>
/// Paystack's door. The signature is of the bytes as they came, so they are read once, before anything parses them. A good one
/// is stored and answered; the work is done from the inbox.
/// </summary>
internal static class ReceiveWebhook
{
    private const int MaxBytes = 256 * 1024;

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/webhooks/paystack", Handle).WithName(nameof(ReceiveWebhook)).AllowAnonymous().Produces(StatusCodes.Status200OK);

    private static async Task<IResult> Handle(HttpRequest request, PaystackAccount account, WebhookInbox inbox, CancellationToken ct)
    {
        if (account is not { WebhookSecret: { } secret, Key: { } key })
            return Problems.PaystackNotConfigured.ToHttp();
        if (await ReadBody(request.Body, ct) is not { } body)
            return CommonProblems.BodyTooLarge.ToHttp();
        if (!PaystackSignature.Verify(body, request.Headers[PaystackSignature.Header], secret))
            return Problems.SignatureInvalid.ToHttp();
        var e = PaystackEvent.Read(body);
        // A live event at a test system, or the other way round, is somebody else's however well it is signed.
        if (e?.Domain is { } domain && domain != key.Domain)
            return Problems.SignatureInvalid.With($"the event is of the {domain} mode").ToHttp();
        await inbox.Store(e, body, ct);
        return TypedResults.Ok();
    }

    private static async Task<byte[]?> ReadBody(Stream stream, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (bytes.Length + read > MaxBytes)
                return null;
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
