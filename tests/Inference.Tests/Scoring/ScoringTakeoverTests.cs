using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Documents;
using Platform.Hosting.Work;
using Platform.Inference.Scoring;
using Platform.Inference.Tests.Rows;
using Platform.TestModels;

namespace Platform.Inference.Tests.Scoring;

/// <summary>What one process may do to a job that another is at, and what becomes of a job whose version cannot be had.</summary>
public sealed class ScoringTakeoverTests
{
    private const string Rows = "age,purpose,savings\n1,car,0\n";
    private const string Never = "00:10:00", Soon = "00:00:00.200";

    private static readonly ScoringRecord Job = new() { Id = "one", Model = "credit", Version = "1", Format = "csv", BatchRows = 4, CreatedAt = DateTimeOffset.UtcNow };

    [Theory]
    [InlineData("9", "a,b\n1,2\n")]
    [InlineData("1", "age\n")]
    public async Task A_process_that_was_taken_for_dead_cannot_fail_the_run_of_another(string version, string file)
    {
        await using var host = await StartAsync(Never);
        var job = Job.Begun(host.Services.GetRequiredService<WorkProcesses<ScoringRecord>>().Me) with { Version = version };
        await host.PutAsync(job, file);
        var begun = await host.ReadAsync(job.Id);
        Assert.True(await host.Services.GetRequiredService<ScoringStore>().TryPutAsync(job with { Worker = "another", Parts = 3, RowsDone = 7 }, begun.Revision, default));

        await host.Services.GetRequiredService<ScoringAttempt>().RunAsync(begun, default);

        var now = (await host.ReadAsync(job.Id)).Value;
        Assert.Equal((WorkState.Running, "another", 3), (now.State, now.Worker, now.Parts));
    }

    [Fact]
    public async Task What_fails_in_the_hands_of_its_own_process_fails()
    {
        await using var host = await StartAsync(Never);
        var job = Job.Begun(host.Services.GetRequiredService<WorkProcesses<ScoringRecord>>().Me) with { Version = "9" };
        await host.PutAsync(job, Rows);

        await host.Services.GetRequiredService<ScoringAttempt>().RunAsync(await host.ReadAsync(job.Id), default);

        Assert.Equal("inference.version_unknown", (await host.ReadAsync(job.Id)).Value.Error?.Code);
    }

    [Fact]
    public async Task A_job_for_whose_version_the_registry_does_not_answer_waits_with_what_it_has_stored()
    {
        await using var host = await StartAsync(Soon);
        host.Registry.Register("credit", "2", TinyModels.Linear().ToArray(), ByNameTests.Credit);
        host.Registry.StaySilent(1);
        await host.PutAsync(Job with { Version = "2", Attempts = 3 }, Rows);

        await host.Http.EndedAsync(Job.Id);
        Assert.True(host.Registry.VersionsAsked > 1);
    }

    [Fact]
    public async Task A_job_of_a_process_that_stands_still_is_taken_over_and_the_first_stores_nothing_more()
    {
        await using var first = await InferenceHost.StartWithAsync(SharedStore.Over, Deploy, Settings(Never, Never));
        var file = "x,rounds\n" + string.Concat(Enumerable.Range(0, 400).Select(row => $"{row},20000\n"));
        var id = await first.Http.ScoredAsync("slow", file);
        await first.Http.ScoringAsync(id, job => (int)job["rowsDone"]! >= 20, "has come so far");
        var worker = (await first.ReadAsync(id)).Value.Worker!;
        await using var second = await InferenceHost.StartWithAsync(SharedStore.Of(first).ShareWith, Deploy, Settings(Soon, "00:00:15"));

        // As after 15 seconds without a sign of life.
        await first.Documents().CommitAsync(new DocumentBatch().Delete("scoring-workers", worker), default);

        await second.Http.EndedAsync(id);
        var result = await second.Http.ParquetAsync(id);
        Assert.Equal(Enumerable.Range(0, 400).Select(row => (object?)(float)row), result["y"]);
        Assert.Equal(400, (await second.ReadAsync(id)).Value.RowsDone);
    }

    private static void Deploy(StubRegistry registry)
    {
        registry.Deploy("credit", "1", TinyModels.Linear(), metadata: ByNameTests.Credit);
        registry.Deploy("slow", "1", TinyModels.Slow());
    }

    private static Task<InferenceHost> StartAsync(string sweep) => InferenceHost.StartAsync(Deploy, Settings(sweep, "00:00:15"));

    private static KeyValuePair<string, string?>[] Settings(string sweep, string timeout) =>
    [
        new("Inference:Scoring:SweepInterval", sweep), new("Inference:Scoring:WorkerTimeout", timeout), new("Inference:Scoring:Patience", "00:00:00"),
        new("Inference:Scoring:BatchRows", "4"), new("Inference:Scoring:PartRows", "8"), new("Registry:Patience", "00:00:00.200"),
    ];
}
