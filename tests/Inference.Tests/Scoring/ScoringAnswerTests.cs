using System.Globalization;
using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Inference.Scoring;
using Platform.TestModels;

namespace Platform.Inference.Tests.Scoring;

/// <summary>Answers that are large, that never come, and rows with which more is wrong than anybody reads.</summary>
public sealed class ScoringAnswerTests
{
    [Fact]
    public async Task Rows_whose_answers_are_large_are_asked_in_smaller_runs_and_one_that_is_too_large_is_that_rows_error()
    {
        await using var host = await StartAsync("widened", TinyModels.Widened(), new("Inference:Scoring:BatchRows", "2"));
        const int TooWide = ScoringCall.LargestAnswer / 2 + 1; // a digit and a comma each
        var id = await host.Http.ScoredAsync("widened", $"x,width\n1,900000\n2,1\n3,{TooWide}\n4,2\n5,2\n");

        await host.Http.EndedAsync(id);
        var result = await host.Http.ParquetAsync(id);

        Assert.StartsWith("2 : has no answer: it takes more than an answer may take, or more than the 16777216 bytes of one in a result.", Assert.Single(await host.Http.ErrorsAsync(id)));
        Assert.Equal([1f, 2f, null, 4f, 5f], result["y"].Select(cell => cell is string json ? JsonSerializer.Deserialize<float[]>(json)![0] : (float?)null));
    }

    [Fact]
    public async Task What_all_answers_together_may_not_take_is_no_reason_to_wait()
    {
        await using var host = await StartAsync("widened", TinyModels.Widened(), new("Inference:MaxAnswerBytesInProgress", $"{1 << 20}"));
        var rows = string.Concat(Enumerable.Range(0, 16).Select(row => $"{row % 10},20000\n")); // 120 KB each, with the output that they are made of

        await host.Http.EndedAsync(await host.Http.ScoredAsync("widened", $"x,width\n{rows}"));
        var refused = await host.Http.EndedAsync(await host.Http.ScoredAsync("widened", "x,width\n1,300000\n"));

        Assert.Equal(1, (int)refused["rowsFailed"]!);
    }

    [Fact]
    public async Task A_part_of_large_answers_is_stored_within_a_batch()
    {
        await using var host = await StartAsync("widened", TinyModels.Widened(), new("Inference:Scoring:BatchRows", "64"));
        var id = await host.Http.ScoredAsync("widened", "x,width\n" + string.Concat(Enumerable.Range(0, 64).Select(row => $"{row},50000\n")));

        await host.Http.EndedAsync(id);
        var parts = (await Scoring(host).FindAsync(id, CancellationToken.None))!.Value.Parts;

        Assert.True(parts > 1, $"{parts} parts");
        Assert.Equal(Enumerable.Range(0, 64).Select(row => row.ToString(CultureInfo.InvariantCulture)), (await host.Http.CsvAsync(id)).Skip(1).Select(line => line.Split(',')[0]));
    }

    [Theory]
    [InlineData("index\n", 200, "failed")]
    [InlineData("index\n1\n", 200, "succeeded")]
    public async Task A_model_that_answers_no_row_of_some_batches_ends_the_job(string begin, int rows, string state)
    {
        await using var host = await StartAsync("lookup", TinyModels.Lookup(), new("Inference:Scoring:BatchRows", "50"));
        var id = await host.Http.ScoredAsync("lookup", begin + string.Concat(Enumerable.Repeat("99\n", rows)));

        var job = await host.Http.EndedAsync(id, state);

        if (state == "succeeded") Assert.Equal(rows, (int)job["rowsFailed"]!);
        else Assert.StartsWith("The model has answered none of the first 100 rows: ", (string?)job["error"]!["detail"]);
    }

    [Fact]
    public async Task A_bad_row_is_told_whole_behind_others_up_to_a_bound_that_is_told()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy(
            "wide", "1", TinyModels.Identity(Onnx.Tensors.Datatype.FP32, "n", 25),
            metadata: new VersionMetadata { Features = [.. Enumerable.Range(0, 25).Select(n => new FeatureDefinition { Name = $"f{n}" })] }));
        var id = await host.Http.ScoredAsync("wide", $"{Line(n => $"f{n}")}{Line(n => n < 15 ? "x" : "1")}{Line(n => n < 15 ? "y" : "1")}{Line(_ => "z")}{Line(_ => "1")}");

        var job = await host.Http.EndedAsync(id);
        var errors = await host.Http.ErrorsAsync(id);

        Assert.Equal(3, (int)job["rowsFailed"]!);
        Assert.Equal((15, 15, 21), (Of(0), Of(1), Of(2)));
        Assert.Equal("2 : may have more that is wrong: no more than 20 features of a row are told.", errors[^1]);

        int Of(int row) => errors.Count(error => error.StartsWith($"{row} ", StringComparison.Ordinal));
        static string Line(Func<int, string> cell) => string.Join(',', Enumerable.Range(0, 25).Select(cell)) + "\n";
    }

    private static ScoringStore Scoring(InferenceHost host) => (ScoringStore)host.Services.GetService(typeof(ScoringStore))!;

    private static Task<InferenceHost> StartAsync(string model, OnnxFile file, KeyValuePair<string, string?> setting) =>
        InferenceHost.StartAsync(registry => registry.Deploy(model, "1", file), setting);
}
