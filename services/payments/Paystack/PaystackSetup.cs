using Microsoft.Extensions.Http.Resilience;
using Polly;
using WebWaka.Payments.Keys;

namespace WebWaka.Payments.Paystack;

/// <summary>Section <c>Paystack</c> of the configuration.</summary>
internal sealed class PaystackOptions
{
    public Uri BaseUrl { get; set; } = new("https://api.paystack.co/");

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a read may take with all its attempts.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(45);
}

internal static class PaystackSetup
{
    const int MostBytes = 16 * 1024 * 1024;

    public static void AddPaystackClient(this IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Paystack").Get<PaystackOptions>() ?? new PaystackOptions();
        if (builder.Configuration[Wiring.Variables.PaystackBaseUrl] is { Length: > 0 } address)
            options.BaseUrl = Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? url
                : throw new InvalidOperationException($"{Wiring.Variables.PaystackBaseUrl} is not an http or https address.");
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<KeyModes>();
        if (PaystackAccount.Of(builder.Configuration).Key is not null)
            PaystackCheck.AddTo(builder.Services, options.BaseUrl);
        builder.Services.AddTransient<PaystackClient>();
        builder.Services.AddHttpClient<PaystackTransport>(http =>
            {
                http.BaseAddress = new Uri(options.BaseUrl.AbsoluteUri.TrimEnd('/') + "/");
                // The pipeline's timeouts end with the headers; a body that never ends is ended by this one.
                http.Timeout = options.TotalTimeout + options.AttemptTimeout;
                http.MaxResponseContentBufferSize = MostBytes;
            })
            // A redirect would send a charge a second time, to somebody else.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .AddResilienceHandler("paystack", pipeline => Configure(pipeline, options));
    }

    static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, PaystackOptions options) => pipeline
        .AddTimeout(options.TotalTimeout)
        .AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = 3,
            Delay = TimeSpan.FromMilliseconds(300),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            // A write that timed out may have been done: sending it again could charge twice.
            ShouldHandle = args => ValueTask.FromResult(
                args.Context.GetRequestMessage()?.Method == HttpMethod.Get && HttpClientResiliencePredicates.IsTransient(args.Outcome)),
        })
        .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
        {
            // Opens after a handful of calls that hung: until it closes again no till waits for Paystack at all.
            FailureRatio = 0.5, MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(30), BreakDuration = TimeSpan.FromSeconds(10),
            // One tenant's rate limit says nothing about Paystack's health for another.
            ShouldHandle = args => ValueTask.FromResult(
                args.Outcome.Result?.StatusCode is not System.Net.HttpStatusCode.TooManyRequests
                    && HttpClientResiliencePredicates.IsTransient(args.Outcome)),
        })
        .AddTimeout(options.AttemptTimeout);
}
