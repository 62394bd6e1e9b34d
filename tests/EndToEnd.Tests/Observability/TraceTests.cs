using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Observability;

namespace Platform.EndToEnd.Tests.Observability;

/// <summary>A request that its caller traces is followed to the last thing that came of it.</summary>
[Collection(LoopInDistributed.Name)]
public sealed class TraceTests(DistributedPlatform platform)
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    private readonly PlatformApi _api = platform.Api;

    [Fact]
    public async Task One_trace_runs_from_the_request_through_gateway_inference_and_monitor_to_the_alert()
    {
        await _api.ServeCreditAsync("traced");
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        for (var window = 0; window < 2; window++)
        {
            await _api.PredictManyAsync("traced", CreditSample.Shifted.Take(Settings.WindowRows - 1));
            await SendAsync("/v2/models/traced/infer", trace).JsonAsync();
        }

        await UntilSeenAsync(trace, "gateway", "POST /v2/models/{model}/infer");
        await UntilSeenAsync(trace, "inference", "POST /v2/models/{model}/infer");
        await UntilSeenAsync(trace, "inference", "predict");
        await UntilSeenAsync(trace, "monitor", "read prediction");
        await UntilSeenAsync(trace, "monitor", "close window");
        await UntilSeenAsync(trace, "monitor", "monitor outbox publish");
        await UntilSeenAsync(trace, "monitor", "monitor.alert-raised.v1 send");
        await UntilConnectedAsync(trace, ["gateway", "inference", "monitor"]);
    }

    [Fact]
    public async Task One_trace_runs_from_the_request_over_the_queue_to_the_worker_and_on_to_the_monitor()
    {
        await _api.ServeCreditAsync("queued");
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        await SendAsync("/v1/models/queued/jobs", trace).JsonAsync(HttpStatusCode.Accepted);

        await UntilSeenAsync(trace, "inference", "inference-submit-prediction receive");
        await UntilSeenAsync(trace, "inference", "predict");
        await UntilSeenAsync(trace, "monitor", "read prediction");
        await UntilConnectedAsync(trace, ["gateway", "inference", "monitor"]);
    }

    private Task<HttpResponseMessage> SendAsync(string path, string trace)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(PlatformApi.InferBody([CreditSample.Shifted[0]]).ToJsonString(), null, "application/json"),
            Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } },
        };
        return _api.Http.SendAsync(request);
    }

    private async Task UntilSeenAsync(string trace, string service, string name)
    {
        try
        {
            await Eventually.TrueAsync(
                () => platform.Collector.SpansOf(trace).Any(span => span.Service == service && span.Name == name), $"{service} sends '{name}'", Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"No '{name}' of {service} among:\n{string.Join('\n', platform.Collector.SpansOf(trace))}");
        }
    }

    /// <summary>Every span goes on from another of the trace, other than the requests' first.</summary>
    private Task UntilConnectedAsync(string trace, IReadOnlyList<string> services) => Eventually.TrueAsync(() =>
    {
        var spans = platform.Collector.SpansOf(trace);
        var known = spans.Select(span => span.Id).ToHashSet();
        var roots = spans.Where(span => !known.Contains(span.Parent)).ToList();
        return roots.All(root => root.Service == "gateway") && services.All(service => spans.Any(span => span.Service == service));
    }, "the spans hang together", Patience);
}
