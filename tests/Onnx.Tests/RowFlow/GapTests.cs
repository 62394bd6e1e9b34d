using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;
using static Platform.TestModels.OnnxFile;

namespace Platform.Onnx.Tests.RowFlow;

/// <summary>Rows of which the graph itself makes NaN: their place in the batch must not decide what becomes of it.</summary>
public sealed class GapTests : IDisposable
{
    private const int Width = 7;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ReduceMax", Datatype.FP32, false)]
    [InlineData("ReduceMin", Datatype.FP32, false)]
    [InlineData("Hardmax", Datatype.FP32, false)]
    [InlineData("ReduceMax", Datatype.FP64, false)]
    [InlineData("LogSoftmax", Datatype.FP64, false)]
    [InlineData("LogSoftmax", Datatype.FP32, true)]
    [InlineData("Softmax", Datatype.FP32, true)]
    [InlineData("Softmax", Datatype.FP64, true)]
    [InlineData("ReduceMean", Datatype.FP32, true)]
    [InlineData("ReduceL2", Datatype.FP32, true)]
    [InlineData("Relu", Datatype.FP32, true)]
    [InlineData("LeakyRelu", Datatype.FP32, true)]
    [InlineData("Sigmoid", Datatype.FP32, true)]
    [InlineData("Tanh", Datatype.FP32, true)]
    [InlineData("Exp", Datatype.FP32, true)]
    public void What_the_graph_makes_NaN_of_a_row_is_answered_alike_wherever_the_row_stands(string operation, Datatype datatype, bool proved)
    {
        var file = new OnnxFile().Import("", 13).Input("x", datatype, "n", Width).Node("Log", ["x"], ["l"]);
        if (operation.StartsWith("Reduce", StringComparison.Ordinal)) file.Node(operation, ["l"], ["y"], "", Integers("axes", 1), Integer("keepdims", 1));
        else file.Node(operation, ["l"], ["y"]);
        var path = file.Output("y", datatype, "n", operation.StartsWith("Reduce", StringComparison.Ordinal) ? 1 : Width).Save(_folder.Path);

        using var session = ModelSession.Load(path);
        var differs = Enumerable.Range(1, 20).Any(seed => RowTrial.FindDifference(session, RandomRows.For(session.Signature, new Random(seed))) is not null);

        Assert.Equal((proved, !proved), (RowProof.Of(path).Mixing is null, differs));
    }
}
