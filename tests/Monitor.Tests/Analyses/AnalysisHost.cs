using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Analyses;

/// <summary>One monitor for all tests of the analyses, which leave nothing behind.</summary>
public sealed class AnalysisHost : IAsyncLifetime
{
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        _monitor = await MonitorHost.StartAsync(_registry);
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
    }

    internal async Task<HttpResponseMessage> PostAsync(string analysis, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _monitor.Http.PostAsync($"/v1/analyses/{analysis}", content);
    }

    internal Task<JsonNode> AnswerAsync(string analysis, string body) => PostAsync(analysis, body).JsonAsync();

    /// <summary>The fields that a body is refused for.</summary>
    internal async Task<IReadOnlyList<string>> RefusalAsync(string analysis, string body)
    {
        var problem = await PostAsync(analysis, body).JsonAsync(HttpStatusCode.BadRequest);
        Assert.Equal("request.invalid", problem["code"]!.GetValue<string>());
        return [.. problem["errors"]!.AsObject().Select(error => error.Key)];
    }
}
