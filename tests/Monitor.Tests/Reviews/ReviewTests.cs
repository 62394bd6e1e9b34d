using System.Net;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Reviews;

public sealed class ReviewTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(200);
        _registry.Deploy(Credit.Version(), rows, predictions);
        _monitor = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Rows_unlike_the_reference_uncertain_ones_and_ones_that_somebody_disagrees_with_wait_with_the_reason()
    {
        await _monitor.DisposeAsync();
        _monitor = await StartAsync(("Monitor:Windows:MaxAge", "00:10:00"));
        Log("old", [99, 2000, 1, 0]);
        Log("near", [40, 2000, 1, 0]);
        Log("plane", [25, 2000, 7, 0]);
        Log("plain", [25, 2000, 1, 0]);
        await QueueAsync(3);
        await PostAsync("/v1/predictions/plain/feedback", """{"verdict":"disagree"}""");

        var items = await QueueAsync(4);

        Assert.Equal(
            [("old", "anomalous"), ("near", "uncertain"), ("plane", "anomalous"), ("plain", "disagreeing")],
            items.Select(item => ((string)item["id"]!, (string)item["reason"]!)));
        Assert.StartsWith("age is 99; the reference has ", (string)items[0]["detail"]!, StringComparison.Ordinal);
        Assert.StartsWith("The score of 'bad' is 0.511,", (string)items[1]["detail"]!, StringComparison.Ordinal);
        Assert.Equal("purpose is '7', which the reference does not have.", (string)items[2]["detail"]!);
        Assert.Equal("bad", (string?)items[1]["prediction"]!["class"]);
        Assert.Equal(40, (double)items[1]["prediction"]!["features"]!["age"]!);
        Assert.Equal(["good", "bad"], items[0]["labels"]!.AsArray().Select(label => (string?)label));
    }

    [Fact]
    public async Task A_row_that_was_labelled_waits_no_longer_and_its_label_is_ground_truth_and_feedback()
    {
        Log("near", [40, 2000, 1, 0]);
        Log("other", [41, 2000, 1, 0]);
        await QueueAsync(2);

        using var wrong = await SendAsync("/v1/review-queue/near", """{"label":"ugly"}""");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        await PostAsync("/v1/review-queue/near", """{"label":"good","comment":"two incomes"}""");
        await PostAsync("/v1/models/credit/ground-truth", """{"predictionId":"other","label":"bad"}""");
        await QueueAsync(0);

        var row = (await _monitor.Http.GetAsync("/v1/predictions/near").JsonAsync())["rows"]![0]!;
        Assert.Equal(("good", "disagree", "two incomes", "ana"), (
            (string?)row["label"]!["label"], (string?)row["feedback"]![0]!["verdict"], (string?)row["feedback"]![0]!["comment"], (string?)row["feedback"]![0]!["by"]));
        using var again = await SendAsync("/v1/review-queue/near", """{"label":"good"}""");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task A_label_that_the_version_answered_agrees_also_after_somebody_has_disagreed()
    {
        Log("plain", [25, 2000, 1, 0]);
        await PostAsync("/v1/predictions/plain/feedback", """{"verdict":"disagree"}""");

        await PostAsync("/v1/review-queue/plain", """{"label":"bad"}""");

        var feedback = (await _monitor.Http.GetAsync("/v1/predictions/plain").JsonAsync())["rows"]![0]!["feedback"]!.AsArray();
        Assert.Equal(["agree", "disagree"], feedback.Select(given => (string?)given!["verdict"]));
    }

    [Fact]
    public async Task Of_two_models_that_have_used_one_id_the_one_that_is_named_is_labelled()
    {
        _registry.Deploy(Credit.Version() with { Model = "loans" }, []);
        Log("near", [40, 2000, 1, 0]);
        _monitor.Log(Credit.Named(Credit.Prediction("near", [40, 2000, 1, 0])) with { Subject = "loans" });
        await QueueAsync(2);

        using var neither = await SendAsync("/v1/review-queue/near?model=others", """{"label":"good"}""");
        Assert.Equal(HttpStatusCode.NotFound, neither.StatusCode);
        await PostAsync("/v1/review-queue/near?model=loans", """{"label":"good"}""");

        Assert.Equal("credit", (string?)Assert.Single(await QueueAsync(1))["model"]);
    }

    [Fact]
    public async Task The_queue_survives_a_restart_and_nothing_that_was_labelled_comes_back()
    {
        for (var n = 0; n < 10; n++)
            Log($"p{n}", [40, 2000, 1, 0]);
        await QueueAsync(10);
        await PostAsync("/v1/review-queue/p3", """{"label":"good"}""");

        await _monitor.DisposeAsync();
        _monitor = await StartAsync();
        Log("last", [40, 2000, 1, 0]);

        Assert.Equal(
            [.. Enumerable.Range(0, 10).Where(n => n != 3).Select(n => $"p{n}"), "last"],
            (await QueueAsync(10)).Select(item => (string)item["id"]!));
    }

    [Fact]
    public async Task A_share_is_chosen_by_chance_and_the_queue_comes_in_pages()
    {
        await _monitor.DisposeAsync();
        _monitor = await StartAsync(("Monitor:Reviews:RandomShare", "0.5"), ("Monitor:Reviews:Margin", "0"), ("Monitor:Reviews:PerReason", "7"));
        for (var n = 0; n < 50; n++)
            Log($"p{n}", [30, 2000, 1, 0]);
        var all = await QueueAsync(7);

        var (paged, next) = (new List<string>(), (string?)"");
        while (next is not null)
        {
            var page = await _monitor.Http.GetAsync($"/v1/review-queue?model=credit&limit=3{(next.Length == 0 ? "" : $"&after={next}")}").JsonAsync();
            paged.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            next = (string?)page["next"];
        }

        Assert.All(all, item => Assert.Equal("random", (string?)item["reason"]));
        Assert.Equal(all.Select(item => (string)item["id"]!), paged);
        Assert.NotEqual(Enumerable.Range(0, 7).Select(n => $"p{n}"), paged);
        Assert.Empty((await _monitor.Http.GetAsync("/v1/review-queue?model=other").JsonAsync())["items"]!.AsArray());
    }

    private Task<MonitorHost> StartAsync(params (string Key, string Value)[] settings) => MonitorHost.StartAsync(
        _registry, _folder.Path, [("Monitor:Reviews:Share", "1"), ("Monitor:Reviews:RandomShare", "0"), .. settings]);

    private void Log(string id, double?[] applicant) => _monitor.Log(Credit.Named(Credit.Prediction(id, applicant)));

    /// <summary>The queue once so many wait.</summary>
    private Task<JsonNode[]> QueueAsync(int count) => Eventually.ValueAsync(
        async () => (await _monitor.Http.GetAsync("/v1/review-queue").JsonAsync())["items"]!.AsArray().OfType<JsonNode>().ToArray() is var items && items.Length == count
            ? items
            : null,
        $"{count} predictions wait");

    private async Task PostAsync(string path, string body)
    {
        using var answer = await SendAsync(path, body);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private Task<HttpResponseMessage> SendAsync(string path, string body) => _monitor.PostAsync(path, body, "ana");
}
