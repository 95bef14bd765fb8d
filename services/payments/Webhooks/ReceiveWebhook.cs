using System.Net;
using WebWaka.CellKit;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Webhooks;

/// <summary>
/// Paystack's door: on a shop's host for the shop's own key, on the root host for the platform's. The signature is of the bytes as they
/// came, so they are read once, before anything parses them. A good one is stored and answered; the work is done from the inbox.
/// </summary>
internal static class ReceiveWebhook
{
    private const int MaxBytes = 256 * 1024;

    /// <param name="Secrets">Any of these may have signed: of a key that was changed, the one before it too.</param>
    private sealed record Door(Guid Tenant, string Domain, string[] Secrets);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/webhooks/paystack", Handle).WithName(nameof(ReceiveWebhook)).AllowAnonymous().Produces(StatusCodes.Status200OK);

    private static async Task<IResult> Handle(
        HttpRequest request, PaystackAccount platform, PaystackAccounts accounts, PaymentsOptions options, WebhookInbox inbox, CancellationToken ct)
    {
        if (options.WebhookSources is { Length: > 0 } sources && !IsFrom(request, sources))
            return Problems.SourceNotAllowed.ToHttp();
        var slug = request.Headers[TenantHeader.Slug].ToString();
        if (slug.Length == 0 && platform.Key is null)
            return Problems.PaystackNotConfigured.ToHttp();
        var door = slug.Length == 0 ? new Door(Guid.Empty, platform.Key!.Domain, [platform.WebhookSecret!]) : await DoorOf(slug, accounts, ct);
        if (await ReadBody(request.Body, ct) is not { } body)
            return CommonProblems.BodyTooLarge.ToHttp();
        var signature = request.Headers[PaystackSignature.Header];
        if (door is null || !Array.Exists(door.Secrets, secret => PaystackSignature.Verify(body, signature, secret)))
            return Problems.SignatureInvalid.ToHttp();
        var e = PaystackEvent.Read(body);
        // A live event at a test system, or the other way round, is somebody else's however well it is signed.
        if (e?.Domain is { } domain && domain != door.Domain)
            return Problems.SignatureInvalid.With($"the event is of the {domain} mode").ToHttp();
        await inbox.Store(door.Tenant, door.Domain, e, body, ct);
        return TypedResults.Ok();
    }

    private static async ValueTask<Door?> DoorOf(string slug, PaystackAccounts accounts, CancellationToken ct)
    {
        if (await accounts.TenantOf(slug, ct) is not { } tenant || await accounts.Of(tenant, ct) is not { Own: { } own } account)
            return null;
        return new Door(tenant, own.Domain, account.Previous is { } previous ? [own.Reveal(), previous.Reveal()] : [own.Reveal()]);
    }

    /// <summary>The last hop is what our own gateway saw; what a caller wrote into the header stands before it.</summary>
    private static bool IsFrom(HttpRequest request, string[] sources)
    {
        var hops = request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var from = hops is [.., var last] && IPAddress.TryParse(last, out var named) ? named : request.HttpContext.Connection.RemoteIpAddress;
        return from is not null && Array.Exists(sources, source => IPAddress.TryParse(source, out var allowed)
            && allowed.MapToIPv6().Equals(from.MapToIPv6()));
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
