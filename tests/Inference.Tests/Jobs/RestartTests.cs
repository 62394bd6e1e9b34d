using Platform.Contracts.Inference;
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
