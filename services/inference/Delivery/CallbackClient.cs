using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Hosting;
using Platform.Hosting.Outbound;
using Platform.Hosting.Telemetry;
using Platform.Inference.Callbacks;
using Platform.Inference.Jobs;

namespace Platform.Inference.Delivery;

/// <summary>POSTs a finished job, signed, to where the policy allows.</summary>
internal sealed class CallbackClient : IDisposable
{
    private readonly CallbackSecret _secret;
    private readonly CallbackOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public CallbackClient(CallbackPolicy policy, CallbackSecret secret, IOptions<JobOptions> options, TimeProvider time)
    {
        (_secret, _options, _time) = (secret, options.Value.Callbacks, time);
        _http = OutboundHttp.Create(() => policy.Rules, _options.Timeout, _options.Concurrency);
    }

    /// <summary>Why the receiver has not taken the job; null when it has.</summary>
    public async Task<string?> PostAsync(JobRecord job, CancellationToken cancellationToken)
    {
        var secret = await _secret.GetAsync(cancellationToken);
        try
        {
            using var request = Create(job, secret);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? null : $"It answered with status {(int)response.StatusCode}.";
        }
        catch (HttpRequestException exception)
        {
            return OutboundHttp.Explain(exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"It did not answer within {_options.Timeout.TotalSeconds:0.###} s.";
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The signature of a body sent at a time, as the receiver computes it with the secret.</summary>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp), (byte)'.', .. body];
        return "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    private HttpRequestMessage Create(JobRecord job, string secret)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(JobView.Of(job), PlatformJson.Tolerant);
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, job.Callback!.Url) { Content = new ByteArrayContent(body) };
        request.HideAddress();
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("x-platform-job-id", job.Id);
        request.Headers.Add("x-platform-timestamp", timestamp);
        request.Headers.Add("x-platform-attempt", job.Callback.Attempts.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("x-platform-signature", Sign(secret, timestamp, body));
        return request;
    }
}
