using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.TestKit;
using Platform.TestModels;
using static Platform.Inference.Tests.Jobs.JobClient;

namespace Platform.Inference.Tests.Jobs;

public sealed class JobTests(JobTests.Fixture fixture) : IClassFixture<JobTests.Fixture>
{
    private InferenceHost Host => fixture.Host;

    private HttpClient Http => fixture.Host.Http;

    [Fact]
    public async Task A_job_is_accepted_at_once_and_has_its_result_later()
    {
        using var response = await Http.SubmitAsync("linear", Row);
        var receipt = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var id = (string)receipt["id"]!;
        var job = await Http.JobAsync(id, "succeeded");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"/v1/jobs/{id}", response.Headers.Location?.ToString());
        Assert.Equal("queued", (string?)receipt["state"]);
        Assert.Equal(("linear", "2", 1), ((string?)job["model"], (string?)job["version"], (int)job["attempts"]!));
        Assert.Equal("[321]", job["result"]!["outputs"]![0]!["data"]!.ToJsonString());
        Assert.Null(job["error"]);
        Assert.True((DateTimeOffset)job["createdAt"]! <= (DateTimeOffset)job["finishedAt"]!);
    }

    [Fact]
    public async Task A_version_or_an_alias_can_be_asked_for()
    {
        var id = await Http.AcceptedAsync("linear", Row, query: "?version=challenger");

        Assert.Equal("1", (string?)(await Http.JobAsync(id, "succeeded"))["version"]);
    }

    [Fact]
    public async Task A_prediction_of_a_job_is_logged_once_under_its_id()
    {
        using var accepted = await Http.SubmitAsync("linear", Row, predictionId: "loan-1");
        var id = (string)JsonNode.Parse(await accepted.Content.ReadAsStringAsync())!["id"]!;
        Assert.Equal("loan-1", (string?)(await Http.JobAsync(id, "succeeded"))["predictionId"]);
        await Http.JobAsync(await Http.AcceptedAsync("marker", Row), "succeeded");

        var records = await Host.ReadLogAsync(records => records.Any(record => record.Subject == "marker"));

        var record = Assert.Single(records, record => record.Id == "loan-1");
        Assert.Equal(PredictionStatus.Succeeded, record.Data.Status);
    }

    [Fact]
    public async Task A_job_that_the_model_fails_on_says_why()
    {
        var id = await Http.AcceptedAsync("lookup", """{"inputs":[{"name":"index","shape":[1],"datatype":"INT64","data":[9]}]}""");

        var job = await Http.JobAsync(id, "failed");

        Assert.Equal(("inference.run_failed", 400), ((string?)job["error"]!["code"], (int)job["error"]!["status"]!));
        Assert.Null(job["result"]);
    }

    [Theory]
    [InlineData("linear", "{}", "", HttpStatusCode.BadRequest, "inference.request_invalid")]
    [InlineData("linear", "not json", "", HttpStatusCode.BadRequest, "inference.request_invalid")]
    [InlineData("linear", "", "", HttpStatusCode.BadRequest, "inference.request_invalid")]
    [InlineData("linear", """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1]}]}""", "", HttpStatusCode.BadRequest, "inference.request_invalid")]
    [InlineData("linear", """{"parameters":{"binary_data_output":true},"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""", "", HttpStatusCode.BadRequest, "inference.job_result_binary")]
    [InlineData("linear", Row, "?callback=nowhere", HttpStatusCode.BadRequest, "inference.callback_refused")]
    [InlineData("linear", Row, "?callback=http://10.0.0.1/", HttpStatusCode.BadRequest, "inference.callback_refused")]
    [InlineData("linear", Row, "?version=9", HttpStatusCode.NotFound, "inference.version_unknown")]
    [InlineData("nothing", Row, "", HttpStatusCode.NotFound, "inference.model_unknown")]
    public async Task What_could_only_fail_is_refused_at_once(string model, string body, string query, HttpStatusCode status, string code)
    {
        await Http.SubmitAsync(model, body, query: query).ProblemAsync(status, code);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        var large = Row.Replace("[1,2,3]", "[1,2,3]" + new string(' ', 5 << 20));

        await Http.SubmitAsync("linear", large).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [Fact]
    public async Task A_job_that_was_never_submitted_is_not_found()
    {
        await Http.GetAsync("/v1/jobs/none").ProblemAsync(HttpStatusCode.NotFound, "inference.job_unknown");
        await Http.GetAsync("/v1/jobs/none/events").ProblemAsync(HttpStatusCode.NotFound, "inference.job_unknown");
        await Http.DeleteAsync("/v1/jobs/none").ProblemAsync(HttpStatusCode.NotFound, "inference.job_unknown");
    }

    [Fact]
    public async Task A_command_published_to_the_bus_is_a_job_and_is_answered_once()
    {
        var completed = await Host.HearAsync<PredictionCompleted>();
        var command = new SubmitPrediction { JobId = "from-the-bus", Model = "linear", Request = JsonElement.Parse(Row) };

        for (var repetition = 0; repetition < 3; repetition++) await Host.Services.GetRequiredService<IBus>().Publish(command);
        var after = command with { JobId = "after" };
        await Eventually.TrueAsync(() => Heard(completed, "from-the-bus").Count == 1, "the job is answered");
        await Host.Services.GetRequiredService<IBus>().Publish(after);
        await Eventually.TrueAsync(() => Heard(completed, "after").Count == 1, "the next job is answered");

        var answer = Assert.Single(Heard(completed, "from-the-bus"));
        Assert.Equal(("linear", "2", "from-the-bus"), (answer.Model, answer.Version, answer.PredictionId));
        Assert.Equal(321, answer.Result!.Value.GetProperty("outputs")[0].GetProperty("data")[0].GetSingle());
        Assert.Equal(1, (int)(await Http.JobAsync("from-the-bus"))["attempts"]!);
    }

    [Theory]
    [InlineData("bad-body", "linear", "{}", "inference.request_invalid")]
    [InlineData("bad-model", "nothing", Row, "inference.model_unknown")]
    public async Task A_command_that_cannot_be_run_is_answered_with_the_reason(string id, string model, string body, string code)
    {
        var failed = await Host.HearAsync<PredictionFailed>();

        await Host.Services.GetRequiredService<IBus>().Publish(new SubmitPrediction { JobId = id, Model = model, Request = JsonElement.Parse(body) });

        var job = await Eventually.ValueAsync(async () =>
        {
            using var response = await Http.GetAsync($"/v1/jobs/{id}");
            return response.IsSuccessStatusCode && JsonNode.Parse(await response.Content.ReadAsStringAsync()) is { } known
                && (string?)known["state"] == "failed" ? known : null;
        }, "the job fails");
        await Eventually.TrueAsync(() => { lock (failed) return failed.Any(answer => answer.JobId == id && answer.Code == code); }, "the failure is told");
        Assert.Equal(code, (string?)job["error"]!["code"]);
    }

    [Fact]
    public async Task The_events_of_a_job_end_with_its_result()
    {
        var id = await Http.AcceptedAsync("linear", Row);

        var stream = await Http.GetStringAsync($"/v1/jobs/{id}/events");

        var last = stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1].Split('\n');
        Assert.Equal("event: succeeded", last[1]);
        Assert.Equal(id, (string?)JsonNode.Parse(last[2]["data: ".Length..])!["id"]);
    }

    [Fact]
    public async Task Jobs_are_counted_in_the_metrics()
    {
        await Http.JobAsync(await Http.AcceptedAsync("linear", Row), "succeeded");

        var metrics = await Http.GetStringAsync("/metrics");

        Assert.Contains("platform_inference_jobs_finished", metrics);
        Assert.Contains("platform_inference_jobs_oldest_queued", metrics);
    }

    [Fact]
    public async Task Many_jobs_at_once_all_get_their_own_result()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Http.AcceptedAsync("linear", Row.Replace("[1,2,3]", $"[{n},0,0]"))));

        for (var n = 0; n < ids.Length; n++)
            Assert.Equal($"[{n}]", (await Http.JobAsync(ids[n], "succeeded"))["result"]!["outputs"]![0]!["data"]!.ToJsonString());
    }

    private static List<PredictionCompleted> Heard(List<PredictionCompleted> completed, string id)
    {
        lock (completed) return [.. completed.Where(answer => answer.JobId == id)];
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal InferenceHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await InferenceHost.StartAsync(registry =>
        {
            registry.Deploy("linear", "2", TinyModels.Linear());
            registry.Deploy("linear", "1", TinyModels.Linear(1, 1, 1), alias: "challenger");
            registry.Deploy("marker", "1", TinyModels.Linear());
            registry.Deploy("lookup", "1", TinyModels.Lookup());
        });

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
