using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Polly.CircuitBreaker;
using Polly.Timeout;
using WebWaka.Payments.Keys;

namespace WebWaka.Payments.Paystack;

/// <summary>Sends, and says of every way a call can end what it means. Reads are retried below it, writes never.</summary>
internal sealed class PaystackTransport(HttpClient http, KeyModes modes)
{
    public Task<PaystackOutcome<T>> Read<T>(PaystackKey key, string path, Func<JsonElement, T?> read, CancellationToken ct)
        where T : class =>
        Send(key, HttpMethod.Get, path, null, Data(read), ct);

    public Task<PaystackOutcome<PaystackPage<T>>> ReadPage<T>(PaystackKey key, string path, Func<JsonElement, T?> read,
        CancellationToken ct)
        where T : class => Send(key, HttpMethod.Get, path, null, (root, _) => Page(root, read), ct);

    public Task<PaystackOutcome<T>> Write<T>(PaystackKey key, string path, JsonObject body, Func<JsonElement, T?> read,
        CancellationToken ct)
        where T : class => Send(key, HttpMethod.Post, path, body, Data(read), ct);

    /// <summary>For what answers with a status and a message alone.</summary>
    public Task<PaystackOutcome<JsonBox>> Do(PaystackKey key, HttpMethod method, string path, JsonObject body, CancellationToken ct) =>
        Send(key, method, path, body, (root, ok) => ok ? new JsonBox(root) : null, ct);

    /// <summary>
    /// A charge whose step failed is a 400 with a state in it: that is an answer about the charge, not a refusal of the call.
    /// </summary>
    public Task<PaystackOutcome<PaystackCharge>> WriteCharge(PaystackKey key, string path, JsonObject body, string reference,
        CancellationToken ct) =>
        Send(key, HttpMethod.Post, path, body, (root, ok) => root.Object("data") is { } data && (ok || data.Text("status") is "failed")
            ? PaystackCharge.Read(data, reference)
            : null, ct);

    async Task<PaystackOutcome<T>> Send<T>(
        PaystackKey key, HttpMethod method, string path, JsonObject? body, Func<JsonElement, bool, T?> read, CancellationToken ct)
            where T : class
    {
        if (modes.Refusal(key) is { } refusal)
            throw new InvalidOperationException(refusal);
        var write = method != HttpMethod.Get;
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        ct.ThrowIfCancellationRequested();
        try
        {
            using var response = await http.SendAsync(request, write ? CancellationToken.None : ct);
            return Judge(response, await response.Content.ReadAsByteArrayAsync(CancellationToken.None), write, read);
        }
        catch (BrokenCircuitException)
        {
            return new PaystackOutcome<T>.NotDone("Paystack has not been answering");
        }
        catch (HttpRequestException e) when (NeverSent(e.HttpRequestError))
        {
            return new PaystackOutcome<T>.NotDone("Paystack cannot be reached");
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException
            or TaskCanceledException { InnerException: TimeoutException })
        {
            return Lost<T>(write, "Paystack did not answer");
        }
    }

    static PaystackOutcome<T> Judge<T>(HttpResponseMessage response, byte[] bytes, bool write, Func<JsonElement, bool, T?> read)
        where T : class
    {
        var status = (int)response.StatusCode;
        if (status is 429)
            return new PaystackOutcome<T>.NotDone("Paystack asks to slow down", RetryAfter(response.Headers));
        if (status is 408 or >= 500 or (>= 300 and < 400))
            return Lost<T>(write, $"Paystack answered {status}");
        var root = Parse(bytes);
        var ok = status < 300 && root.Flag("status") is true;
        if (read(root, ok) is { } data)
            return new PaystackOutcome<T>.Done(data);
        if (status >= 400 || root.Flag("status") is false)
            return new PaystackOutcome<T>.Refused(new PaystackError(status, root.Text("message") ?? $"HTTP {status}",
                root.Text("code") ?? ""));
        return Lost<T>(write, "Paystack's answer could not be read");
    }

    static PaystackOutcome<T> Lost<T>(bool write, string why) =>
        write ? new PaystackOutcome<T>.Unknown(why) : new PaystackOutcome<T>.NotDone(why);

    // Only these are raised before a byte of the request has left.
    static bool NeverSent(HttpRequestError error) => error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    static Func<JsonElement, bool, T?> Data<T>(Func<JsonElement, T?> read) where T : class =>
        (root, ok) => ok && root.Object("data") is { } data ? read(data) : null;

    static PaystackPage<T>? Page<T>(JsonElement root, Func<JsonElement, T?> read) where T : class
    {
        if (root.Flag("status") is not true || root.Array("data") is not { } rows)
            return null;
        var items = rows.EnumerateArray().Select(read).ToList();
        var meta = root.Object("meta");
        return new PaystackPage<T>([.. items.OfType<T>()], items.Count(i => i is null),
            meta?.Whole("total") ?? items.Count, meta?.Whole("pageCount") ?? 1);
    }

    static JsonElement Parse(byte[] bytes)
    {
        try
        {
            return JsonElement.Parse(bytes);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    static TimeSpan? RetryAfter(HttpResponseHeaders headers) =>
        headers.RetryAfter?.Delta ?? (headers.TryGetValues("x-ratelimit-reset", out var values)
            && int.TryParse(values.First(), out var seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 3_600))
            : null);
}
