using System.Globalization;
using Platform.TestModels;

namespace Platform.Inference.Tests.Scoring;

/// <summary>Processes that die, or stop, with a job in their hands.</summary>
public sealed class ScoringDeathTests
{
    private const int Rows = 400;

    /// <summary>A run of so many rounds takes some milliseconds: there is time to kill its process in the middle of the file.</summary>
    private static readonly string File = "x,rounds\n" + string.Concat(Enumerable.Range(0, Rows).Select(row => $"{row},20000\n"));

    [Fact]
    public async Task A_job_goes_on_behind_its_last_part_after_its_process_was_killed_twice()
    {
        await using var process = await InferenceProcess.StartAsync(registry => registry.Deploy("slow", "1", TinyModels.Slow()),
            new("Inference:Scoring:BatchRows", "4"), new("Inference:Scoring:PartRows", "8"), new("Inference:Scoring:SweepInterval", "00:00:00.200"));
        var id = await process.Http.ScoredAsync("slow", File);
        foreach (var rows in (int[])[20, 60])
        {
            var job = await process.Http.ScoringAsync(id, job => (int)job["rowsDone"]! >= rows, "has come so far");
            Assert.Equal("running", (string?)job["state"]);
            await process.KillAndRestartAsync();
        }

        var ended = await process.Http.EndedAsync(id);

        Assert.Equal((Rows, 0, Rows), ((int)ended["rowsDone"]!, (int)ended["rowsFailed"]!, (int)ended["rowsTotal"]!));
        await AssertWholeAsync(process.Http, id);
    }

    [Fact]
    public async Task A_job_of_a_process_that_stops_goes_on_at_the_next_start()
    {
        using var data = new TestKit.TemporaryFolder();
        string id;
        await using (var host = await StartAsync(data))
        {
            id = await host.Http.ScoredAsync("slow", File);
            await host.Http.ScoringAsync(id, job => (int)job["rowsDone"]! >= 20, "has come so far");
        }

        await using var next = await StartAsync(data);
        await next.Http.EndedAsync(id);
        await AssertWholeAsync(next.Http, id);
    }

    /// <summary>Every row once, in its place, under the id of its batch.</summary>
    private static async Task AssertWholeAsync(HttpClient http, string id)
    {
        var result = await http.ParquetAsync(id);
        Assert.Equal(Enumerable.Range(0, Rows).Select(row => (object?)(float)row), result["y"]);
        Assert.Equal(Enumerable.Range(0, Rows).Select(row => string.Create(CultureInfo.InvariantCulture, $"{id}.{row / 4 * 4}:{row % 4}")), result["prediction_id"]);
    }

    private static Task<InferenceHost> StartAsync(TestKit.TemporaryFolder data) => InferenceHost.StartAsync(
        registry => registry.Deploy("slow", "1", TinyModels.Slow()),
        new("Storage:Directory", data.Path), new("Inference:Scoring:BatchRows", "4"), new("Inference:Scoring:PartRows", "8"),
        new("Inference:Scoring:SweepInterval", "00:00:00.200"));
}
