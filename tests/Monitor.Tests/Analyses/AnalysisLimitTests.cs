using System.Net;
using System.Net.Sockets;
using System.Text;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Analyses;

public sealed class AnalysisLimitTests
{
    private const string Body = """{"features":[{"name":"age","reference":[1,2,3],"current":[1,2,3]}]}""";

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await using var registry = await StubRegistry.StartAsync();
        await using var monitor = await MonitorHost.StartAsync(registry, null, ("Monitor:Analyses:MaxBodyBytes", "1024"));

        await PostAsync(monitor, Body).JsonAsync();
        await PostAsync(monitor, Body + new string(' ', 2000)).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [Fact]
    public async Task A_slow_sender_holds_up_others_for_a_moment_only()
    {
        await using var registry = await StubRegistry.StartAsync();
        await using var monitor = await MonitorHost.StartAsync(
            registry, null, ("Monitor:Analyses:Concurrency", "1"), ("Monitor:Analyses:MaxWaiting", "0"), ("Monitor:Analyses:ReadTimeout", "00:00:01"));
        using var slow = new TcpClient();
        await slow.ConnectAsync(monitor.Http.BaseAddress!.Host, monitor.Http.BaseAddress.Port);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /v1/analyses/drift HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"features\":"));

        await Eventually.TrueAsync(async () => await IsBusyAsync(monitor), "an analysis was refused while the slow one has its turn");

        using var reader = new StreamReader(slow.GetStream());
        Assert.StartsWith("HTTP/1.1 408", await reader.ReadLineAsync());
        await PostAsync(monitor, Body).JsonAsync();
    }

    private static async Task<bool> IsBusyAsync(MonitorHost monitor)
    {
        using var response = await PostAsync(monitor, Body);
        return response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null;
    }

    private static async Task<HttpResponseMessage> PostAsync(MonitorHost monitor, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await monitor.Http.PostAsync("/v1/analyses/drift", content);
    }
}
