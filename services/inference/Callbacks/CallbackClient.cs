using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Hosting;
using Platform.Hosting.Telemetry;
using Platform.Inference.Jobs;

namespace Platform.Inference.Callbacks;

/// <summary>
/// POSTs a finished job, signed. It follows no redirects, uses no proxy, and connects only to an address that the policy
/// allows: the very one that the name was resolved to.
/// </summary>
internal sealed class CallbackClient : IDisposable
{
    private readonly CallbackPolicy _policy;
    private readonly CallbackSecret _secret;
    private readonly CallbackOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public CallbackClient(CallbackPolicy policy, CallbackSecret secret, IOptions<JobOptions> options, TimeProvider time)
    {
        (_policy, _secret, _options, _time) = (policy, secret, options.Value.Callbacks, time);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxConnectionsPerServer = _options.Concurrency,
        };
        _http = new HttpClient(handler) { Timeout = _options.Timeout };
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
            return exception.InnerException is CallbackRefusedException refused ? refused.Message : $"It could not be reached: {exception.Message}";
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

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var target = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var allowed = addresses.Where(address => _policy.Allows(target.Host, address)).ToArray();
        if (allowed.Length == 0) throw new CallbackRefusedException($"'{target.Host}' has no address that may be called.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class CallbackRefusedException(string message) : Exception(message);
}
