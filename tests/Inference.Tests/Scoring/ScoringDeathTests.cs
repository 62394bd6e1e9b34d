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

    [Fact]
    public async Task A_job_goes_on_within_a_batch_whose_answers_were_too_large_for_one_part()
    {
        const int LargeRows = 170; // one batch, in two runs of 8 MB each, and a part has 4 MB
        await using var process = await InferenceProcess.StartAsync(registry => registry.Deploy("widened", "1", TinyModels.Widened()));
        var id = await process.Http.ScoredAsync("widened", "x,width,key\n" + string.Concat(Enumerable.Range(0, LargeRows).Select(row => $"{row % 10},50000,{row}\n")));
        var job = await process.Http.ScoringAsync(id, job => (int)job["rowsDone"]! > 0, "has come so far");
        await process.KillAndRestartAsync();

        await process.Http.EndedAsync(id);
        var lines = (await process.Http.CsvAsync(id)).Skip(1).Select(line => line.Split(',', 5)).ToList();

        Assert.NotEqual(LargeRows, (int)job["rowsDone"]!);
        Assert.Equal(Enumerable.Range(0, LargeRows).Select(row => $"{row % 10},50000,{row}"), lines.Select(cells => string.Join(',', cells.Take(3))));
        Assert.Equal(LargeRows, lines.Select(cells => cells[3]).Distinct().Count());
        Assert.All(lines, cells => Assert.EndsWith($",{cells[0]}]\"", cells[4]));
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
