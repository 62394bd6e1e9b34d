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
    public async Task While_a_slow_sender_has_its_turn_others_are_refused()
    {
        await using var registry = await StubRegistry.StartAsync();
        await using var monitor = await StartAsync(registry, readTimeout: "01:00:00");
        using (var one = await SendHalfAsync(monitor))
        using (var other = await SendHalfAsync(monitor))
        {
            var refusal = await await Task.WhenAny(ReadHeadAsync(one), ReadHeadAsync(other)).WaitAsync(TimeSpan.FromMinutes(1));

            Assert.StartsWith("HTTP/1.1 503", refusal);
            Assert.Contains("Retry-After:", refusal);
        }

        await Eventually.TrueAsync(async () => await IsAnsweredAsync(monitor), "an analysis was answered once the slow senders had left");
    }

    [Fact]
    public async Task A_slow_sender_loses_its_turn_after_a_moment()
    {
        await using var registry = await StubRegistry.StartAsync();
        await using var monitor = await StartAsync(registry, readTimeout: "00:00:00.500");
        using var slow = await SendHalfAsync(monitor);

        Assert.StartsWith("HTTP/1.1 408", await ReadHeadAsync(slow).WaitAsync(TimeSpan.FromMinutes(1)));
        await Eventually.TrueAsync(async () => await IsAnsweredAsync(monitor), "an analysis was answered after the slow one was given up");
    }

    private static Task<MonitorHost> StartAsync(StubRegistry registry, string readTimeout) => MonitorHost.StartAsync(
        registry, null, ("Monitor:Analyses:Concurrency", "1"), ("Monitor:Analyses:MaxWaiting", "0"), ("Monitor:Analyses:ReadTimeout", readTimeout));

    private static async Task<TcpClient> SendHalfAsync(MonitorHost monitor)
    {
        var slow = new TcpClient();
        await slow.ConnectAsync(monitor.Http.BaseAddress!.Host, monitor.Http.BaseAddress.Port);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /v1/analyses/drift HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"features\":"));
        return slow;
    }

    /// <summary>The status and the headers of the answer; what the connection brought if it ends before.</summary>
    private static async Task<string> ReadHeadAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
        var head = new StringBuilder();
        while (await reader.ReadLineAsync() is { Length: > 0 } line) head.AppendLine(line);
        return head.ToString();
    }

    private static async Task<bool> IsAnsweredAsync(MonitorHost monitor)
    {
        using var response = await PostAsync(monitor, Body);
        return response.IsSuccessStatusCode;
    }

    private static async Task<HttpResponseMessage> PostAsync(MonitorHost monitor, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await monitor.Http.PostAsync("/v1/analyses/drift", content);
    }
}
