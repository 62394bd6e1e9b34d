using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Hosting.Documents;
using Platform.TestKit;
using Platform.TestModels;
using static Platform.Inference.Tests.Jobs.JobClient;

namespace Platform.Inference.Tests.Jobs;

public sealed class RestartTests
{
    [Fact]
    public async Task Jobs_that_a_stopped_process_left_are_all_answered_once_after_the_next_start()
    {
        using var data = new TemporaryFolder();
        List<string> ids = [];
        await using (var host = await StartAsync(data, concurrency: 2))
        {
            ids.Add(await host.Http.AcceptedAsync("slow", Endless));
            ids.Add(await host.Http.AcceptedAsync("slow", Endless));
            foreach (var id in ids) await host.Http.JobAsync(id, "running");
            for (var n = 0; n < 50; n++) ids.Add(await host.Http.AcceptedAsync("quick", Quick, $"key-{n}"));
        }

        await using var next = await StartAsync(data, concurrency: 64);
        foreach (var id in ids.Skip(2)) Assert.Equal(1, (int)(await next.Http.JobAsync(id, "succeeded"))["attempts"]!);
        await next.EndRunsAsync(2);
        foreach (var id in ids.Take(2)) await next.Http.JobAsync(id, job => job["finishedAt"] is not null, "the interrupted job ends");
        var records = await next.ReadLogAsync(records => records.Count(Succeeded) >= 50);

        Assert.Equal(50, records.Where(Succeeded).DistinctBy(record => record.Id).Count());
        Assert.Equal(50, records.Count(Succeeded));
    }

    /// <summary>As a build wrote them that knew no other work than jobs.</summary>
    [Fact]
    public async Task A_job_that_a_process_of_a_former_version_was_at_is_taken_up()
    {
        using var data = new TemporaryFolder();
        await using var host = await StartAsync(data, concurrency: 2);
        var job = """
            {"predictionId":"former","model":"quick","wanted":null,"target":"1","route":"champion","routeKey":null,"version":null,"state":"running",
             "attempts":1,"worker":"dead","key":null,"requestId":"r","traceId":null,"bodyBytes":10,"createdAt":"2026-01-01T00:00:00+00:00",
             "finishedAt":null,"result":null,"error":null,"callback":null,"isFinal":false,"id":"former"}
            """;
        var batch = new DocumentBatch()
            .Put("jobs", "former", JsonSerializer.Deserialize<JsonElement>(job), expectedRevision: 0, new Dictionary<string, string> { ["state"] = "running" })
            .Put("job-bodies", "former", new { Json = Encoding.UTF8.GetBytes(Quick) }, expectedRevision: 0);
        Assert.Null(await host.Services.GetRequiredKeyedService<IDocumentStore>(InferenceService.Name).CommitAsync(batch, default));

        Assert.Equal(2, (int)(await host.Http.JobAsync("former", "succeeded"))["attempts"]!);
    }

    private static bool Succeeded(PredictionLogged record) => record.Data.Status == PredictionStatus.Succeeded;

    private static Task<InferenceHost> StartAsync(TemporaryFolder data, int concurrency) => InferenceHost.StartAsync(
        registry =>
        {
            registry.Deploy("slow", "1", TinyModels.Slow());
            registry.Deploy("quick", "1", TinyModels.Slow());
        },
        new("Storage:Directory", data.Path), new("Inference:Jobs:Concurrency", $"{concurrency}"),
        new("Inference:Batching:Runners", "2"), new("Inference:Batching:MaxBatchSize", "1"), // each endless run on a runner of its own
        new("Inference:Jobs:SweepInterval", "00:00:01"), new("Inference:Jobs:WorkerTimeout", "00:00:02"));
}
