using System.Net;
using Platform.Inference.Tests.Rows;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Scoring;

/// <summary>What of a job may lie in the store, and how long.</summary>
public sealed class ScoringBoundTests
{
    private static string Bad(int rows) => "age,purpose,savings\n" + string.Concat(Enumerable.Repeat("x,y,1\n", rows)); // two errors a row

    [Fact]
    public async Task Errors_of_a_job_are_kept_up_to_a_number_and_the_others_counted()
    {
        await using var host = await StartAsync(Setting("MaxErrors", "11"), Setting("PartRows", "4"), Setting("BatchRows", "2"));
        var id = await host.Http.ScoredAsync("credit", Bad(20));

        var job = await host.Http.EndedAsync(id);

        Assert.Equal((20, 20, 29), ((int)job["rowsDone"]!, (int)job["rowsFailed"]!, (int)job["errorsLeftOut"]!));
        var errors = await host.Http.ErrorsAsync(id);
        Assert.Equal(11, errors.Length);
        Assert.StartsWith("5 age: ", errors[^1]);
        Assert.Equal(21, (await host.Http.CsvAsync(id)).Length); // where each row says what is wrong with it
    }

    [Fact]
    public async Task A_job_whose_answers_take_more_than_may_be_stored_ends_with_that()
    {
        await using var host = await StartAsync(
            Setting("MaxFileBytes", "100000"), Setting("MaxStoredBytes", $"{1 << 20}"), Setting("MaxErrors", "1000000"), Setting("PartRows", "500"));
        var id = await host.Http.ScoredAsync("credit", Bad(10_000));

        var job = await host.Http.EndedAsync(id, "failed");

        Assert.Equal((507, "inference.scoring_outgrown"), ((int)job["error"]!["status"]!, (string?)job["error"]!["code"]));
        Assert.InRange((int)job["rowsDone"]!, 500, 9_500);
        await Eventually.TrueAsync(
            async () => !(await host.StoredAsync()).Any(place => place.StartsWith("scoring-p", StringComparison.Ordinal)), "its file and its parts are removed");
        Assert.NotEmpty(await host.Http.ErrorsAsync(id));

        // What is wrong with its rows takes room as long as it is kept.
        Assert.Equal("inference.scoring_full", (string?)(await host.Http.ScoreAsync("credit", Bad(16_000)).JsonAsync(HttpStatusCode.ServiceUnavailable))["code"]);
    }

    [Fact]
    public async Task Of_a_job_that_has_gone_nothing_is_left_however_many_parts_it_had()
    {
        await using var host = await StartAsync(Setting("PartRows", "1"), Setting("BatchRows", "1"), Setting("Retention", "00:00:05"));
        var id = await host.Http.ScoredAsync("credit", Bad(450));
        await host.Http.EndedAsync(id);

        await Eventually.TrueAsync(async () => (await host.StoredAsync()).Count == 0, "all of it has gone");
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync($"/v1/scoring-jobs/{id}")).StatusCode);
    }

    private static KeyValuePair<string, string?> Setting(string name, string value) => new($"Inference:Scoring:{name}", value);

    private static Task<InferenceHost> StartAsync(params KeyValuePair<string, string?>[] settings) => InferenceHost.StartAsync(
        registry => registry.Deploy("credit", "1", TinyModels.Linear(), metadata: ByNameTests.Credit), [Setting("SweepInterval", "00:00:00.200"), .. settings]);
}
