using System.Net;
using System.Text;
using Platform.Inference.Tests.Rows;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Scoring;

/// <summary>What is refused before there is a job, and how many there may be.</summary>
public sealed class ScoringSubmissionTests
{
    private const string Rows = "age,purpose,savings\n1,car,0\n";

    /// <summary>For <c>TinyModels.Slow</c>: a run that only its time limit ends, or a cancellation.</summary>
    private const string Endless = "x,rounds\n1,1000000000000\n";

    [Theory]
    [InlineData("data", "rows.csv", HttpStatusCode.Accepted, null)]
    [InlineData("data", "rows", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("data", "rows.xlsx", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("file", "rows.csv", HttpStatusCode.BadRequest, "request.invalid")]
    public async Task The_file_is_the_part_data_and_its_name_tells_its_format(string part, string name, HttpStatusCode status, string? code)
    {
        await using var host = await StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent(Rows), part, name } };

        // As a form the content says of itself to be text/plain, which tells nothing.
        Assert.Equal(code, (string?)(await host.Http.PostAsync("/v1/models/credit/scoring-jobs", form).JsonAsync(status))["code"]);
    }

    [Theory]
    [InlineData("CSV", HttpStatusCode.Accepted)]
    [InlineData("text/csv", HttpStatusCode.Accepted)]
    [InlineData("tsv", HttpStatusCode.BadRequest)]
    public async Task Or_the_part_format_does(string format, HttpStatusCode status)
    {
        await using var host = await StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent(Rows), "data" }, { new StringContent(format), "format" } };

        await host.Http.PostAsync("/v1/models/credit/scoring-jobs", form).JsonAsync(status);
    }

    [Fact]
    public async Task What_is_no_form_or_is_cut_off_is_refused()
    {
        await using var host = await StartAsync();
        const string Path = "/v1/models/credit/scoring-jobs";
        using var cut = new ByteArrayContent(Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"data\"; filename=\"a.csv\"\r\n\r\nage"));
        cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        using var none = new MultipartFormDataContent();

        Assert.Equal("request.media_type", (string?)(await host.PostAsync(Path, "{}").JsonAsync(HttpStatusCode.UnsupportedMediaType))["code"]);
        Assert.Equal("request.invalid", (string?)(await host.Http.PostAsync(Path, cut).JsonAsync(HttpStatusCode.BadRequest))["code"]);
        Assert.Equal("request.invalid", (string?)(await host.Http.PostAsync(Path, none).JsonAsync(HttpStatusCode.BadRequest))["code"]);
    }

    [Fact]
    public async Task The_model_must_be_one_that_can_be_called_by_feature_name()
    {
        await using var host = await StartAsync();

        Assert.Equal("inference.model_unknown", (string?)(await host.Http.ScoreAsync("nobody", Rows).JsonAsync(HttpStatusCode.NotFound))["code"]);
        Assert.Equal("inference.version_unknown", (string?)(await host.Http.ScoreAsync("credit", Rows, query: "?version=9").JsonAsync(HttpStatusCode.NotFound))["code"]);
        Assert.Equal("inference.job_unknown", (string?)(await host.Http.GetAsync("/v1/scoring-jobs/nothing").JsonAsync(HttpStatusCode.NotFound))["code"]);
    }

    [Fact]
    public async Task A_file_goes_to_the_version_that_served_when_it_came_or_that_it_names()
    {
        await using var host = await InferenceHost.StartAsync(registry =>
        {
            registry.Deploy("credit", "1", TinyModels.Linear(), metadata: ByNameTests.Credit);
            registry.Deploy("credit", "2", TinyModels.Linear(2), alias: "challenger", metadata: ByNameTests.Credit);
        });

        foreach (var (query, version) in (List<(string, string)>)[("", "1"), ("?version=challenger", "2"), ("?version=2", "2")])
        {
            var job = await host.Http.EndedAsync(await host.Http.ScoredAsync("credit", Rows, query: query));
            Assert.Equal(version, (string?)job["version"]);
            Assert.Contains($",{version},", (await host.Http.CsvAsync((string)job["id"]!))[1]);
        }
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_and_leaves_nothing()
    {
        await using var host = await StartAsync(Setting("Inference:Scoring:MaxFileBytes", "1024"));
        var rows = "age,purpose,savings\n" + string.Concat(Enumerable.Repeat("1,car,0\n", 200));

        Assert.Equal("request.too_large", (string?)(await host.Http.ScoreAsync("credit", rows).JsonAsync(HttpStatusCode.RequestEntityTooLarge))["code"]);
        Assert.Empty(await host.StoredAsync());
        await host.Http.EndedAsync(await host.Http.ScoredAsync("credit", Rows));
    }

    [Fact]
    public async Task So_many_jobs_may_wait_or_run_and_a_cancelled_one_makes_room()
    {
        await using var host = await StartAsync(Setting("Inference:Scoring:MaxUnfinished", "3"), Setting("Inference:Scoring:Concurrency", "2"));
        List<string> ids = [];
        for (var n = 0; n < 3; n++) ids.Add(await host.Http.ScoredAsync("slow", Endless));
        await host.UntilRunningAsync(2); // two at once, and the third waits

        Assert.Equal("queued", (string?)(await host.Http.ScoringAsync(ids[2]))["state"]);
        Assert.Equal("inference.scoring_full", (string?)(await host.Http.ScoreAsync("slow", Endless).JsonAsync(HttpStatusCode.ServiceUnavailable))["code"]);
        foreach (var id in ids)
        {
            var cancelled = await host.Http.DeleteAsync($"/v1/scoring-jobs/{id}").JsonAsync();
            Assert.Equal(("cancelled", "inference.job_cancelled"), ((string?)cancelled["state"], (string?)cancelled["error"]!["code"]));
            await host.Http.DeleteAsync($"/v1/scoring-jobs/{id}").JsonAsync();
            Assert.Equal("inference.scoring_no_result", (string?)(await host.Http.GetAsync($"/v1/scoring-jobs/{id}/result").JsonAsync(HttpStatusCode.Conflict))["code"]);
        }

        var after = await host.Http.ScoredAsync("credit", Rows);
        await host.Http.EndedAsync(after);
        Assert.Equal("inference.job_finished", (string?)(await host.Http.DeleteAsync($"/v1/scoring-jobs/{after}").JsonAsync(HttpStatusCode.Conflict))["code"]);
    }

    [Fact]
    public async Task Its_changes_can_be_followed_to_the_end()
    {
        await using var host = await StartAsync();
        var id = await host.Http.ScoredAsync("credit", Rows);

        var events = await host.Http.GetStringAsync($"/v1/scoring-jobs/{id}/events");

        Assert.Contains("event: succeeded\ndata: {\"id\":\"" + id, events);
    }

    [Fact]
    public async Task What_has_ended_goes_after_its_retention()
    {
        await using var host = await StartAsync(Setting("Inference:Scoring:Retention", "00:00:01"), Setting("Inference:Scoring:SweepInterval", "00:00:00.100"));
        var id = await host.Http.ScoredAsync("credit", Rows);

        await Eventually.TrueAsync(async () => (await host.Http.GetAsync($"/v1/scoring-jobs/{id}")).StatusCode == HttpStatusCode.NotFound, "the job has gone");
        await Eventually.TrueAsync(async () => (await host.StoredAsync()).Count == 0, "all that belonged to it has gone");
    }

    private static KeyValuePair<string, string?> Setting(string name, string value) => new(name, value);

    private static Task<InferenceHost> StartAsync(params KeyValuePair<string, string?>[] settings) => InferenceHost.StartAsync(registry =>
    {
        registry.Deploy("credit", "1", TinyModels.Linear(), metadata: ByNameTests.Credit);
        registry.Deploy("slow", "1", TinyModels.Slow());
    }, [Setting("Inference:Batching:Runners", "2"), .. settings]);
}
