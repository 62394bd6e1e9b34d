using System.Diagnostics;
using System.Net;
using Platform.Compose.Tests.Manifests;
using Platform.Compose.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Observability;

namespace Platform.Compose.Tests.Observability;

public sealed class TraceTests
{
    [Fact]
    public async Task With_the_environment_of_the_overlay_a_service_sends_the_traces_that_callers_chose_and_no_metrics()
    {
        var deployed = DeployedService.Find("platform.yaml observability.yaml", "registry");
        await using var collector = await Collector.StartAsync();
        using var loopback = new Loopback(deployed.Hosts.ToDictionary(host => host, host => host == "otel-collector" ? collector.Port : Ports.Free()));
        var port = Ports.Free();
        await using var service = await RunningService.StartAsync("registry", loopback.Translate(deployed.Environment, port), port);

        var (chosen, passed) = (ActivityTraceId.CreateRandom(), ActivityTraceId.CreateRandom());
        await AskAsync(service, chosen, sampled: true);
        await AskAsync(service, passed, sampled: false);
        // Stopping sends what has not been sent yet.
        Assert.Equal(0, await service.StopAsync(Eventually.Patience));

        Assert.All(collector.Received, call => Assert.Equal("/opentelemetry.proto.collector.trace.v1.TraceService/Export", call.Method));
        Assert.Contains(collector.Received, call => Holds(call.Body, chosen));
        Assert.DoesNotContain(collector.Received, call => Holds(call.Body, passed));
    }

    private static async Task AskAsync(RunningService service, ActivityTraceId trace, bool sampled)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-0{(sampled ? 1 : 0)}");
        using var response = await service.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static bool Holds(byte[] body, ActivityTraceId trace)
    {
        var id = new byte[16];
        trace.CopyTo(id);
        return body.AsSpan().IndexOf(id) >= 0;
    }
}
