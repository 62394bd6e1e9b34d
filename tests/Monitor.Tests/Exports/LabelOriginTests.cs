using System.Net;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Exports;

/// <summary>Which way a label came is known for as long as the label is.</summary>
public sealed class LabelOriginTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        _registry.Deploy(Credit.Version(), []);
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("00:00:00")] // beside rows of a closed window
    [InlineData("00:04:00")] // those that wait for it
    public async Task The_way_of_a_label_outlives_the_feedback_that_it_came_with_and_a_restart(string age)
    {
        await StartAsync(age);
        for (var row = 0; row < 4; row++)
            _monitor.Log(Credit.Named(Credit.Prediction($"p{row}", [40, 2000, 1, 0])));
        if (age == "00:00:00")
            await _monitor.WindowsAsync("credit", atLeast: 1);
        await PostAsync("/v1/predictions/p0/feedback", """{"verdict":"disagree"}""", HttpStatusCode.Accepted);
        await PostAsync("/v1/review-queue/p0", """{"label":"good"}""", HttpStatusCode.Accepted);
        await PostAsync("/v1/predictions/p1/feedback", """{"verdict":"disagree","label":"bad"}""", HttpStatusCode.Accepted);
        await PostAsync("/v1/models/credit/ground-truth", """{"predictionId":"p2","label":"bad"}""", HttpStatusCode.Accepted);
        await PostAsync("/v1/predictions/p3/feedback", """{"verdict":"agree"}""", HttpStatusCode.Accepted); // the only feedback that is kept

        await AssertAsync();
        await _monitor.DisposeAsync();
        await StartAsync(age);
        await AssertAsync();
    }

    private async Task AssertAsync()
    {
        var labels = await Eventually.ValueAsync(async () => await LabelsAsync("") is { Count: 3 } found ? found : null, "three labels are known");
        Assert.Equal(
            [("p0", "review", "ana"), ("p1", "feedback", "ana"), ("p2", "ground_truth", null)],
            labels.Select(label => ((string?)label["predictionId"], (string?)label["source"], (string?)label["by"])).Order());
        Assert.Equal("p0", (string?)Assert.Single(await LabelsAsync("?source=review"))["predictionId"]);
    }

    private async Task StartAsync(string age) => _monitor = await MonitorHost.StartAsync(
        _registry, _folder.Path, ("Monitor:Feedback:Keep", "1"), ("Monitor:Windows:Size", "4"), ("Monitor:Windows:MinRows", "4"),
        ("Monitor:Windows:MinAge", age));

    private async Task PostAsync(string path, string body, HttpStatusCode expected)
    {
        using var answer = await _monitor.PostAsync(path, body, "ana");
        Assert.True(answer.StatusCode == expected, $"{path}: {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task<List<JsonNode>> LabelsAsync(string query) =>
        [.. (await _monitor.Http.GetStringAsync($"/v1/models/credit/labels{query}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
}
