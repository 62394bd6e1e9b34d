using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Inference.Models;
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
        using var centred = Load(new OnnxFile().Input("x", Datatype.FP32, "n", 2).Node("ReduceMean", ["x"], ["mean"], "", OnnxFile.Integers("axes", 0))
            .Node("Sub", ["x", "mean"], ["y"]).Output("y", Datatype.FP32, "n", 2));
        using var linear = Load(TinyModels.Linear());
        using var lookup = Load(TinyModels.Lookup());

        Assert.False(CanShare(centred, Tensor.FP32([1, 2], [1, 2]), count));
        Assert.True(CanShare(linear, Tensor.FP32([1, 3], [1, 2, 3]), count));
        Assert.True(CanShare(lookup, Tensor.Int64([1], [3]), count));
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
    public void Where_a_model_cannot_be_run_on_made_up_rows_its_own_must_differ()
    {
        using var session = Load(new OnnxFile().Input("index", Datatype.Int64, "n").Constant("first", Datatype.Int64, [], 6L)
            .Constant("table", Datatype.FP32, [4], 0f, 10f, 20f, 30f)
            .Node("Sub", ["index", "first"], ["place"]).Node("Gather", ["table", "place"], ["y"]).Output("y", Datatype.FP32, "n"));
        Dictionary<string, Tensor>[] rows = [new() { ["index"] = Tensor.Int64([1], [6]) }, new() { ["index"] = Tensor.Int64([1], [9]) }];

        Assert.True(WarmUp.Run(session, rows, default).CanShare);
        Assert.False(WarmUp.Run(session, [rows[0], rows[0]], default).CanShare);
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

        Assert.NotEmpty(WarmUpRows.MakeUp(session, default));
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

    private bool CanShare(OnnxFile model)
    {
        using var session = Load(model);
        return WarmUp.Run(session, WarmUpRows.MakeUp(session, default), default).CanShare;
    }

    private static bool CanShare(ModelSession session, Tensor input, int count)
    {
        var row = new Dictionary<string, Tensor> { [session.Signature.Inputs[0].Name] = input };
        return WarmUp.Run(session, [.. Enumerable.Repeat(row, count)], default).CanShare;
    }

    private ModelSession Load(OnnxFile model) => ModelSession.Load(model.Save(_folder.Path));
}
