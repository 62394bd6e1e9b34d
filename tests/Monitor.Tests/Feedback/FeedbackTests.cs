using System.Net;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Feedback;

public sealed class FeedbackTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        _registry.Deploy(Credit.Version(), []);
        _monitor = await MonitorHost.StartAsync(_registry, _folder.Path);
        _monitor.Log(Credit.Prediction("p", [20, 3000, 1, 0]));
        _monitor.Log(Credit.Prediction("several", [[20, 3000, 1, 0], [60, 1000, 0, 1]]));
        _monitor.Log(Credit.Failure("failed"));
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Feedback_is_shown_with_its_prediction_with_who_gave_it_and_survives_a_restart()
    {
        var taken = await GiveAsync("p", """{"verdict":"unsure","comment":"hm"}""", "ana");
        await GiveAsync("p:0", """{"verdict":"disagree","label":"good","attributions":[{"feature":"age","comment":"too much"}]}""", "ben");
        await _monitor.DisposeAsync();
        _monitor = await MonitorHost.StartAsync(_registry, _folder.Path);

        var row = (await PredictionAsync("p"))["rows"]![0]!;

        var feedback = row["feedback"]!.AsArray();
        Assert.Equal(["ben", "ana"], feedback.Select(given => (string?)given!["by"]));
        Assert.Equal(["disagree", "unsure"], feedback.Select(given => (string?)given!["verdict"]));
        Assert.Equal("""[{"feature":"age","comment":"too much"}]""", feedback[0]!["attributions"]!.ToJsonString());
        Assert.Equal((string?)taken["id"], (string?)feedback[1]!["id"]);
        Assert.Equal(("good", "good"), ((string?)feedback[0]!["label"], (string?)row["label"]!["label"]));
    }

    [Fact]
    public async Task The_label_of_a_feedback_counts_as_ground_truth()
    {
        await GiveAsync("several:1", """{"verdict":"agree","label":"bad"}""");
        for (var n = 0; n < 98; n++)
            _monitor.Log(Credit.Prediction($"other-{n}", [20, 3000, 1, 0]));

        var window = (await _monitor.WindowsAsync("credit", 1))["windows"]![0]!;

        Assert.Equal(1, (int)window["performance"]!["labelled"]!);
        Assert.Empty((await PredictionAsync("several:0"))["rows"]![0]!["feedback"]!.AsArray());
    }

    [Theory]
    [InlineData("p", """{"verdict":"maybe"}""", "request.invalid", "verdict")]
    [InlineData("p", """{"verdict":"agree","label":"ugly"}""", "request.invalid", "label")]
    [InlineData("p", """{"verdict":"agree","attributions":[{"feature":"height","comment":"?"}]}""", "request.invalid", "attributions[0].feature")]
    [InlineData("p", """{"verdict":"agree","attributions":[{"feature":"age"}]}""", "request.invalid", "attributions[0].comment")]
    [InlineData("several", """{"verdict":"agree"}""", "monitor.prediction_row_needed", null)]
    [InlineData("failed", """{"verdict":"disagree"}""", "monitor.prediction_not_answered", null)]
    public async Task Wrong_feedback_is_refused_by_field_and_nothing_of_it_is_kept(string id, string body, string code, string? field)
    {
        using var answer = await PostAsync(id, body);

        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(code, (string?)problem["code"]);
        if (field is not null)
            Assert.Equal(field, Assert.Single(problem["errors"]!.AsObject()).Key);
        Assert.Empty((await PredictionAsync("p"))["rows"]![0]!["feedback"]!.AsArray());
    }

    private Task<JsonNode> GiveAsync(string id, string body, string by = "ana") => PostAsync(id, body, by).JsonAsync(HttpStatusCode.Accepted);

    private Task<HttpResponseMessage> PostAsync(string id, string body, string by = "ana") => _monitor.PostAsync($"/v1/predictions/{id}/feedback", body, by);

    private Task<JsonNode> PredictionAsync(string id) => _monitor.Http.GetAsync($"/v1/predictions/{id}").JsonAsync();
}
