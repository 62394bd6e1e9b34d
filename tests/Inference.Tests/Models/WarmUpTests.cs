using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Inference.Models;
using Platform.Onnx.Batching;
using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Models;

public sealed class WarmUpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_that_do_not_depend_on_each_other_may_run_together()
    {
        Assert.True(CanShare(TinyModels.Linear()));
        Assert.True(CanShare(TinyModels.Add()));
        Assert.True(CanShare(TinyModels.Identity(Datatype.Bytes, "n", 2)));
    }

    [Fact]
    public void Rows_that_change_each_other_may_not()
    {
        Assert.False(CanShare(TinyModels.RunningSum()));
        Assert.False(CanShare(new OnnxFile().Input("x", Datatype.FP32, "n", 3)
            .Node("Softmax", ["x"], ["y"], "", OnnxFile.Integer("axis", 0)).Output("y", Datatype.FP32, "n", 3)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Rows_that_are_all_alike_do_not_hide_that_they_change_each_other(int count)
    {
        Assert.False(CanShare(Centred(), Tensor.FP32([1, 2], [1, 2]), count));
        Assert.False(CanShare(Centred(), Tensor.FP32([1, 2], [1, 2]), count, RowPolicy.Independent));
        Assert.True(CanShare(TinyModels.Linear(), Tensor.FP32([1, 3], [1, 2, 3]), count));
        Assert.True(CanShare(TinyModels.Lookup(), Tensor.Int64([1], [3]), count));
    }

    [Fact]
    public void Rows_whose_texts_have_different_lengths_are_no_company_for_an_average_of_words()
    {
        Dictionary<string, Tensor>[] alike = [.. new[] { "a b a", "b b a", "b a b" }.Select(text => new Dictionary<string, Tensor> { ["text"] = Tensor.Strings([1], [text]) })];

        var sharing = Sharing(TextModels.Average(), alike);

        Assert.Equal((false, RowSharing.Graph, "ReduceMean"), (sharing.MayShare, sharing.DecidedBy, sharing.Mixing?.Operator));
        Assert.False(Sharing(TextModels.Average(), alike, RowPolicy.Independent).MayShare); // the trial has texts of other lengths
        Assert.True(Sharing(TextModels.Sum(), alike).MayShare);
    }

    [Fact]
    public void The_owner_may_say_that_rows_are_independent_where_the_operators_do_not_prove_it()
    {
        // Every column is kept, but no rule follows which places a mask picks.
        var file = new OnnxFile().Input("x", Datatype.FP32, "n", 2).Constant("all", Datatype.Bool, [2], true, true)
            .Node("Compress", ["x", "all"], ["y"], "", OnnxFile.Integer("axis", 1)).Output("y", Datatype.FP32, "n", 2);
        Dictionary<string, Tensor>[] rows = [new() { ["x"] = Tensor.FP32([1, 2], [1, 2]) }];

        Assert.Equal((false, "Compress"), (Sharing(file, rows).MayShare, Sharing(file, rows).Mixing?.Operator));
        Assert.Equal((true, RowSharing.Owner), (Sharing(file, rows, RowPolicy.Independent).MayShare, Sharing(file, rows, RowPolicy.Independent).DecidedBy));
        Assert.Equal((false, RowSharing.Owner), (Sharing(TinyModels.Linear(), Rows(3), RowPolicy.Alone).MayShare, Sharing(TinyModels.Linear(), Rows(3), RowPolicy.Alone).DecidedBy));
    }

    [Fact]
    public void A_version_that_is_random_serves_each_row_alone_and_says_why()
    {
        var file = new OnnxFile().Input("x", Datatype.FP32, "n", 3).Node("RandomNormalLike", ["x"], ["noise"]).Node("Add", ["x", "noise"], ["y"]).Output("y", Datatype.FP32, "n", 3);

        var sharing = Sharing(file, Rows(3));

        Assert.False(sharing.MayShare);
        Assert.Equal("RandomNormalLike ('noise') is random: the same row is answered differently each time.", sharing.Reason);
    }

    [Fact]
    public void A_version_that_its_own_runs_change_is_refused()
    {
        // The running mean is written into the constant it starts from, which something else reads, too.
        var file = new OnnxFile().Import("", 15).Input("x", Datatype.FP32, "n", 3);
        foreach (var (name, value) in new[] { ("scale", 1f), ("bias", 2f), ("mean", 3f), ("variance", 4f) }) file.Constant(name, Datatype.FP32, [3], value, value, value);
        file.Node("BatchNormalization", ["x", "scale", "bias", "mean", "variance"], ["normal", "newMean", "newVariance"], "", OnnxFile.Integer("training_mode", 1))
            .Node("Add", ["normal", "mean"], ["y"]).Output("y", Datatype.FP32, "n", 3);

        var refusal = Assert.Throws<ModelLoadException>(() => Sharing(file, Rows(3)));

        Assert.StartsWith("The version changes while it serves", refusal.Message);
    }

    [Fact]
    public void A_batch_normalisation_in_training_mode_does_not_write_into_other_constants()
    {
        // All four constants are alike: kept only once, the running mean would be written into the scale.
        var file = new OnnxFile().Import("", 15).Input("x", Datatype.FP32, "n", 3);
        foreach (var name in new[] { "scale", "bias", "mean", "variance" }) file.Constant(name, Datatype.FP32, [3], 1f, 1f, 1f);
        file.Node("BatchNormalization", ["x", "scale", "bias", "mean", "variance"], ["y", "newMean", "newVariance"], "", OnnxFile.Integer("training_mode", 1)).Output("y", Datatype.FP32, "n", 3);
        using var session = ModelSession.Load(file.Save(_folder.Path));

        for (var run = 0; run < 3; run++)
            Assert.Equal([1, 1, 1], session.Evaluate(new Dictionary<string, Tensor> { ["x"] = Tensor.FP32([1, 3], [5, 6, 7]) })["y"].ToDoubles());
        Assert.Equal("BatchNormalization", Sharing(file, Rows(3)).Mixing?.Operator);
    }

    [Fact]
    public void Rows_that_only_a_large_neighbour_changes_may_not()
    {
        // A quantised model's scale, and a threshold, each over the whole batch.
        Assert.False(CanShare(new OnnxFile().Input("x", Datatype.FP32, "n", 3)
            .Node("DynamicQuantizeLinear", ["x"], ["q", "scale", "zero"]).Node("DequantizeLinear", ["q", "scale", "zero"], ["y"])
            .Output("y", Datatype.FP32, "n", 3)));
        Assert.False(CanShare(new OnnxFile().Input("x", Datatype.FP32, "n", 3).Constant("bound", Datatype.FP32, [], 100f)
            .Node("ReduceMax", ["x"], ["max"], "", OnnxFile.Integer("keepdims", 0)).Node("Min", ["max", "bound"], ["least"])
            .Node("Equal", ["least", "bound"], ["beyond"]).Node("Cast", ["beyond"], ["added"], attributes: OnnxFile.Integer("to", 1))
            .Node("Add", ["x", "added"], ["y"]).Output("y", Datatype.FP32, "n", 3)));
    }

    [Fact]
    public void Where_a_model_cannot_be_run_on_made_up_rows_its_graph_decides()
    {
        var file = new OnnxFile().Input("index", Datatype.Int64, "n").Constant("first", Datatype.Int64, [], 6L)
            .Constant("table", Datatype.FP32, [4], 0f, 10f, 20f, 30f)
            .Node("Sub", ["index", "first"], ["place"]).Node("Gather", ["table", "place"], ["y"]).Output("y", Datatype.FP32, "n");
        Dictionary<string, Tensor>[] rows = [new() { ["index"] = Tensor.Int64([1], [6]) }, new() { ["index"] = Tensor.Int64([1], [9]) }];

        Assert.True(Sharing(file, rows).MayShare);
        Assert.True(Sharing(file, [rows[0], rows[0]]).MayShare);
        Assert.False(Sharing(file, []).MayShare);
    }

    [Fact]
    public void A_model_without_a_batch_dimension_may_not() => Assert.False(CanShare(TinyModels.FixedShape()));

    [Fact]
    public void Inputs_that_count_different_things_may_not() => Assert.False(CanShare(new OnnxFile()
        .Input("a", Datatype.FP32, "n", 2).Input("b", Datatype.FP32, "m", 2)
        .Node("Concat", ["a", "b"], ["y"], "", OnnxFile.Integer("axis", 0)).Output("y", Datatype.FP32, "k", 2)));

    [Fact]
    public void Rows_are_made_up_where_there_are_none()
    {
        using var session = Load(new OnnxFile().Input("picture", Datatype.FP32, "n", 3, "h", "w")
            .Node("GlobalAveragePool", ["picture"], ["y"]).Output("y", Datatype.FP32, "n", 3, 1, 1));

        Assert.NotEmpty(ProbeRows.MakeUp(session, default));
    }

    [Fact]
    public void A_reference_row_becomes_tensors()
    {
        using var session = Load(TinyModels.Add());
        var row = JsonSerializer.Deserialize<ReferenceRow>("""{"Inputs":{"a":[1,null],"b":[3,4]}}""")!;

        var tensors = WarmUpRows.FromReference(session.Signature, row)!;

        Assert.Equal([1, 2], tensors["a"].Shape);
        Assert.Equal([1, double.NaN], tensors["a"].ToDoubles());
        Assert.Equal(new long[] { 3, 4 }, tensors["b"].Values);
        Assert.Null(WarmUpRows.FromReference(session.Signature, JsonSerializer.Deserialize<ReferenceRow>("""{"Inputs":{"a":[1],"b":[3,4]}}""")!));
    }

    private static OnnxFile Centred() => new OnnxFile().Input("x", Datatype.FP32, "n", 2)
        .Node("ReduceMean", ["x"], ["mean"], "", OnnxFile.Integers("axes", 0)).Node("Sub", ["x", "mean"], ["y"]).Output("y", Datatype.FP32, "n", 2);

    private static Dictionary<string, Tensor>[] Rows(int width) => [new() { ["x"] = Tensor.FP32([1, width], [.. Enumerable.Range(1, width).Select(i => (float)i)]) }];

    private bool CanShare(OnnxFile model)
    {
        var path = model.Save(_folder.Path);
        using var session = ModelSession.Load(path);
        return WarmUp.Run(session, RowProof.Of(path), RowPolicy.Auto, ProbeRows.MakeUp(session, default), default).CanShare;
    }

    private bool CanShare(OnnxFile model, Tensor input, int count, RowPolicy policy = RowPolicy.Auto)
    {
        var name = input.Datatype == Datatype.Int64 ? "index" : "x";
        return Sharing(model, [.. Enumerable.Repeat(new Dictionary<string, Tensor> { [name] = input }, count)], policy).MayShare;
    }

    private RowSharing Sharing(OnnxFile model, IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows, RowPolicy policy = RowPolicy.Auto)
    {
        var path = model.Save(_folder.Path);
        using var session = ModelSession.Load(path);
        return WarmUp.Run(session, RowProof.Of(path), policy, rows, default).Sharing;
    }

    private ModelSession Load(OnnxFile model) => ModelSession.Load(model.Save(_folder.Path));
}
