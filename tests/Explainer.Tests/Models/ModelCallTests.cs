using Platform.Explainer.Models;
using Platform.Explainer.Rows;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Models;

public sealed class ModelCallTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Sin", 1)]
    [InlineData("Log", 1)]
    [InlineData("Log", 3)]
    [InlineData("Softplus", 3)]
    public void Equal_rows_get_equal_answers_to_the_last_bit_even_from_vectorised_kernels(string operation, int features)
    {
        var file = new OnnxFile().Input("x", Datatype.FP32, "n", features).Node(operation, ["x"], ["y"]);
        using var session = Load(file.Output("y", Datatype.FP32, "n", features));
        using var call = new ModelCall(session, Layout(new InputBlock("x", Datatype.FP32, [features], 0, features)), output: 0, sharesRuns: true);
        var random = new Random(1);
        for (var trial = 0; trial < 50; trial++)
        {
            double[] row = [.. Enumerable.Range(0, features).Select(_ => (random.NextDouble() * 3) + 0.1)];
            var expected = Answers(call, row, 1)[0];
            for (var count = 2; count <= 40; count++)
                Assert.All(Answers(call, row, count), answer => Assert.Equal(expected, answer));
        }
    }

    [Theory]
    [InlineData(Datatype.FP32, 1.5)]
    [InlineData(Datatype.FP64, 0.1)]
    [InlineData(Datatype.FP16, -2.5)]
    [InlineData(Datatype.Int64, -9_007_199_254_740_992.0)]
    [InlineData(Datatype.Int32, -70_000)]
    [InlineData(Datatype.Int16, -700)]
    [InlineData(Datatype.Int8, -7)]
    [InlineData(Datatype.UInt64, 9_007_199_254_740_992.0)]
    [InlineData(Datatype.UInt32, 4_000_000_000)]
    [InlineData(Datatype.UInt16, 60_000)]
    [InlineData(Datatype.UInt8, 200)]
    [InlineData(Datatype.Bool, 1)]
    public void Cells_of_every_numeric_datatype_go_in_and_come_out(Datatype datatype, double cell)
    {
        using var session = Load(TinyModels.Identity(datatype, "n", 2));
        using var call = new ModelCall(session, Layout(new InputBlock("x", datatype, [2], 0, 2)), output: 0, sharesRuns: true);

        var width = call.Run([cell, 0, 0, cell], 2, new CellVocabulary(), default);

        Assert.Equal([cell, 0, 0, cell], call.Read(2, width, [0, 1]));
    }

    [Theory]
    [InlineData(Datatype.Int64, 1L << 53)]
    [InlineData(Datatype.UInt64, long.MaxValue)]
    public void Whole_numbers_that_no_double_holds_reach_the_model_as_they_are(Datatype datatype, long origin)
    {
        var file = new OnnxFile().Input("x", datatype, "n", 1).Input("origin", datatype, "n", 1).Node("Sub", ["x", "origin"], ["y"]);
        using var session = Load(file.Output("y", datatype, "n", 1));
        using var call = new ModelCall(session, Layout(new InputBlock("x", datatype, [1], 0, 1), new InputBlock("origin", datatype, [1], 1, 1)), output: 0, sharesRuns: true);
        var vocabulary = new CellVocabulary();
        double[] rows = [.. new[] { 1, 0, 3 }.SelectMany(distance => new[] { vocabulary.Code((Int128)origin + distance), vocabulary.Code((Int128)origin) })];

        var width = call.Run(rows, 3, vocabulary, default);

        Assert.Equal([1, 0, 3], call.Read(3, width, [0]));
    }

    [Fact]
    public void Several_inputs_are_cut_out_of_a_row_in_order()
    {
        using var session = Load(TinyModels.Add());
        using var call = new ModelCall(
            session, Layout(new InputBlock("a", Datatype.FP32, [2], 0, 2), new InputBlock("b", Datatype.Int64, [2], 2, 2)), output: 0, sharesRuns: true);

        var width = call.Run([1.5, 2, 10, 20, 3, 4, 30, 40], 2, new CellVocabulary(), default);

        Assert.Equal([11.5, 22, 33, 44], call.Read(2, width, [0, 1]));
        Assert.Equal([22, 44], call.Read(2, width, [1]));
    }

    [Fact]
    public void A_model_without_a_batch_dimension_is_run_row_by_row()
    {
        using var session = Load(TinyModels.FixedShape());
        using var call = new ModelCall(session, new RowLayout([new InputBlock("x", Datatype.FP32, [2, 2], 0, 4)], Batched: false), output: 0, sharesRuns: true);
        var model = new OnnxBatchModel(call, 4, new CellVocabulary(), width: 4, [0, 3]);

        var outputs = new double[6];
        model.Evaluate([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 3, outputs, default);

        Assert.Equal([-1, -4, -5, -8, -9, -12], outputs);
    }

    [Fact]
    public void Rows_with_missing_numbers_run_alone_as_when_they_are_served()
    {
        // The runtime answers the largest of numbers with NaN among them by the row's place in the batch.
        using var session = Load(new OnnxFile().Input("x", Datatype.FP32, "n", 3).Node("ReduceMax", ["x"], ["y"], "", OnnxFile.Integers("axes", 1)).Output("y", Datatype.FP32, "n", 1));
        using var call = new ModelCall(session, Layout(new InputBlock("x", Datatype.FP32, [3], 0, 3)), output: 0, sharesRuns: true);
        var model = new OnnxBatchModel(call, 3, new CellVocabulary(), width: 1, [0]);
        double[] row = [2, double.NaN, 1], other = [3, 4, 5];
        var alone = session.Evaluate(new Dictionary<string, Tensor> { ["x"] = Tensor.FP32([1, 3], [2, float.NaN, 1]) })["y"].ToDoubles()[0];

        var outputs = new double[7];
        model.Evaluate([.. other, .. row, .. row, .. other, .. other, .. row, .. row], 7, outputs, default);

        Assert.Equal([5, alone, alone, 5, 5, alone, alone], outputs);
    }

    [Fact]
    public void A_run_is_stopped_when_it_is_cancelled()
    {
        using var session = Load(TinyModels.Endless());
        using var call = new ModelCall(session, Layout(new InputBlock("x", Datatype.FP32, [], 0, 1)), output: 0, sharesRuns: true);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.ThrowsAny<OperationCanceledException>(() => call.Run([1], 1, new CellVocabulary(), soon.Token));
    }

    private static double[][] Answers(ModelCall call, double[] row, int count)
    {
        var width = call.Run([.. Enumerable.Repeat(row, count).SelectMany(cells => cells)], count, new CellVocabulary(), default);
        return [.. call.Read(count, width, [.. Enumerable.Range(0, width)]).Chunk(width)];
    }

    private static RowLayout Layout(params InputBlock[] blocks) => new(blocks, Batched: true);

    private ModelSession Load(OnnxFile file) => ModelSession.Load(file.Save(_folder.Path));
}
