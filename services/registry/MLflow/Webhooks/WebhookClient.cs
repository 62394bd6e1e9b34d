using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Hosting.Messaging;
using Platform.Hosting.Outbound;
using Platform.Hosting.Telemetry;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Webhooks;

/// <summary>Something that a webhook is told. Its id stays the same however often it is tried.</summary>
internal sealed record Delivery(Guid Id, WebhookEvent About, JsonObject Data, DateTimeOffset At);

/// <summary>POSTs deliveries, signed as MLflow signs them (mlflow/webhooks/delivery.py of MLflow 3.10), to where the rules allow.</summary>
internal sealed class WebhookClient : IDisposable
{
    private const int MaxBody = 4096;

    private readonly WebhookOptions _options;
    private readonly bool _isAlone;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookClient(IOptions<WebhookOptions> options, IOptions<MessagingOptions> messaging, TimeProvider time)
    {
        (_options, _isAlone, _time) = (options.Value, messaging.Value.Transport == "inmemory", time);
        _http = OutboundHttp.Create(() => Rules, _options.Timeout, maxConnections: 4);
    }

    public OutboundRules Rules => new([.. _options.AllowedHosts], _options.AllowPrivateAddresses, _options.AllowLoopback ?? _isAlone);

    /// <summary>Delivers once, and says what came of it.</summary>
    public async Task<WebhookTestResult> TryAsync(Webhook webhook, Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Create(webhook, delivery);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var body = await ReadAsync(response, cancellationToken);
            return new WebhookTestResult(response.IsSuccessStatusCode, (int)response.StatusCode, body, null);
        }
        catch (HttpRequestException exception)
        {
            return Failed(OutboundHttp.Explain(exception));
        }
        catch (IOException exception)
        {
            return Failed($"It broke off: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"It did not answer within {_options.Timeout.TotalSeconds:0.###} s.");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The signature of a delivery, as the receiver computes it with the secret.</summary>
    public static string Sign(string secret, string delivery, string timestamp, string body) => "v1," + Convert.ToBase64String(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{delivery}.{timestamp}.{body}")));

    private HttpRequestMessage Create(Webhook webhook, Delivery delivery)
    {
        var body = new JsonObject
        {
            ["entity"] = delivery.About.Entity!.ToLowerInvariant(),
            ["action"] = delivery.About.Action!.ToLowerInvariant(),
            ["timestamp"] = delivery.At.ToString("yyyy-MM-ddTHH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture),
            ["data"] = delivery.Data.DeepClone(),
        }.ToJsonString(MLflowJson.Options);
        var (id, timestamp) = (delivery.Id.ToString(), _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new StringContent(body) };
        request.HideAddress();
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-MLflow-Delivery-Id", id);
        request.Headers.Add("X-MLflow-Timestamp", timestamp);
        if (webhook.Secret is { } secret) request.Headers.Add("X-MLflow-Signature", Sign(secret, id, timestamp, body));
        return request;
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var text = new byte[MaxBody];
        return Encoding.UTF8.GetString(text, 0, await body.ReadAtLeastAsync(text, MaxBody, throwOnEndOfStream: false, cancellationToken));
    }

    private static WebhookTestResult Failed(string reason) => new(false, null, null, reason);
}
