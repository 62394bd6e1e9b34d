using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Explainer.Rows;
using Platform.Onnx.Tensors;
using ModelSignature = Platform.Onnx.Sessions.ModelSignature;

namespace Platform.Explainer.Tests.Rows;

public sealed class BackgroundReaderTests
{
    private static readonly ModelSignature Signature = new(
        [InstanceReaderTests.Input("a", Datatype.FP32, -1, 2), InstanceReaderTests.Input("b", Datatype.Bytes, -1, 1)], []);

    private static readonly RowLayout Layout = new(
        [new InputBlock("a", Datatype.FP32, [2], 0, 2), new InputBlock("b", Datatype.Bytes, [1], 2, 1)], Batched: true);

    [Fact]
    public void Given_rows_are_the_cells_of_all_inputs()
    {
        var vocabulary = new CellVocabulary();

        var result = BackgroundReader.FromRequest(Rows("""[[1,2,"x"],[3,null,"y"]]"""), Layout, vocabulary);

        Assert.True(result.Succeeded(out var background, out _));
        Assert.Equal([1, 2, vocabulary.Code("x"), 3, double.NaN, vocabulary.Code("y")], background!.Cells);
    }

    [Theory]
    [InlineData("""[]""", "1 to 1000")]
    [InlineData("""[[1,2,"x"],[1,2]]""", "row 1: it has 2 cells")]
    [InlineData("""[[1,2,3]]""", "Number is not BYTES")]
    public void Rows_that_do_not_fit_are_refused(string json, string reason)
    {
        var error = BackgroundReader.FromRequest(Rows(json), Layout, new CellVocabulary()).Error;

        Assert.Equal((400, "explainer.background_invalid"), (error!.Status, error.Code));
        Assert.Contains(reason, error.Detail);
    }

    [Fact]
    public async Task At_most_a_hundred_reference_rows_are_chosen_by_the_seed()
    {
        var reference = await LoadAsync(Enumerable.Range(0, 1000).Select(i => $$$"""{"inputs":{"a":[{{{i}}},0],"b":["s{{{i}}}"]}}"""));

        var first = Choose(reference, seed: 1);

        Assert.Equal(300, first.Length);
        Assert.Equal(first, Choose(reference, seed: 1));
        Assert.NotEqual(first, Choose(reference, seed: 2));
        Assert.Equal(100, first.Where((_, cell) => cell % 3 == 0).Distinct().Count());
    }

    [Fact]
    public async Task Strings_of_reference_rows_keep_their_text_in_the_requests_vocabulary()
    {
        var reference = await LoadAsync(["""{"inputs":{"a":[1,2],"b":["x"]}}""", """{"inputs":{"a":[3,4],"b":["y"]}}"""]);
        var vocabulary = new CellVocabulary();
        vocabulary.Code("y");

        Assert.True(BackgroundReader.FromReference(reference, Layout, vocabulary, seed: 1, budget: null).Succeeded(out var background, out _));

        Assert.Equal(["x", "y"], new[] { background!.Cells[2], background.Cells[5] }.Select(vocabulary.Text));
    }

    [Fact]
    public async Task A_small_budget_takes_fewer_reference_rows()
    {
        var reference = await LoadAsync(Enumerable.Range(0, 200).Select(i => $$$"""{"inputs":{"a":[{{{i}}},0],"b":["s"]}}"""));

        Assert.Equal(3 * 10, Choose(reference, seed: 1, budget: 40).Length);
    }

    [Fact]
    public async Task Rows_that_lack_what_cannot_be_missing_are_left_out()
    {
        var reference = await LoadAsync(
            ["""{"inputs":{"a":[1,null],"b":[null]}}""", """{"inputs":{"a":[1,2]}}""", """{"inputs":{"a":[1,"x"],"b":["y"]}}"""]);

        Assert.Equal([1, double.NaN], Assert.Single(reference.Rows)[..2]);
    }

    [Fact]
    public void Without_reference_rows_the_request_has_to_bring_some()
    {
        var error = BackgroundReader.FromReference(ReferenceRows.None, Layout, new CellVocabulary(), 1, null).Error;

        Assert.Equal((422, "explainer.no_background"), (error!.Status, error.Code));
    }

    private static double[] Choose(ReferenceRows reference, long seed, long? budget = null)
    {
        Assert.True(BackgroundReader.FromReference(reference, Layout, new CellVocabulary(), seed, budget).Succeeded(out var background, out _));
        return background!.Cells;
    }

    private static JsonElement[][] Rows(string json) => JsonSerializer.Deserialize<JsonElement[][]>(json)!;

    private static Task<ReferenceRows> LoadAsync(IEnumerable<string> lines) => ReferenceRows.LoadAsync(Dataset(lines), Signature, default);

    private static async IAsyncEnumerable<ReferenceRow> Dataset(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            await Task.Yield();
            yield return JsonSerializer.Deserialize<ReferenceRow>(line, JsonSerializerOptions.Web)!;
        }
    }
}
