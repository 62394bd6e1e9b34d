using Platform.Onnx.Isolation;
using Platform.Onnx.Pipelines;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.Onnx.Workers;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Pipelines;

public sealed class PipelineWorkerTests : IDisposable
{
    private readonly PipelineFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pipeline_with_a_part_that_may_end_the_process_runs_in_one_of_its_own()
    {
        var document = new PipelineDocument
        {
            Inputs = [new PipelineTensor { Name = "a", Datatype = "INT64", Shape = [-1] }, new PipelineTensor { Name = "b", Datatype = "INT64", Shape = [-1] }],
            Steps = [_folder.Step("divide", Divide(), ("a", "input.a"), ("b", "input.b"))],
            Outputs = new Dictionary<string, string> { ["y"] = "divide.y" },
        };
        var path = _folder.Save(document);

        var placed = await PlacedSession.LoadAsync(path, new SessionSettings(), new IsolationOptions(), null, FirstLoad.Build, null, CancellationToken.None);
        using var session = placed.Session;

        Assert.NotNull(placed.Worker);
        Assert.StartsWith("Step 'divide' (divide-model version 1): Div", placed.Isolation.Reason);
        var answer = session.Evaluate(new Dictionary<string, Tensor> { ["a"] = Tensor.Int64([2], [7, 9]), ["b"] = Tensor.Int64([2], [2, 3]) });
        Assert.Equal([3, 3], answer["y"].ToDoubles());
    }

    [Fact]
    public async Task What_another_build_has_let_in_is_first_loaded_in_a_process_of_its_own()
    {
        var document = PipelineFolder.Of([_folder.Step("a", PipelineFolder.Affine(1, 1), ("x", "input.x"))], ("y", "a.y"));
        await FirstLoad.TryAsync(_folder.Save(document), 1L << 30, CancellationToken.None);

        File.Delete(_folder.PathOf(document.Steps[0].Sha256!));
        var refusal = await Assert.ThrowsAsync<ModelLoadException>(() => FirstLoad.TryAsync(_folder.Save(document), 1L << 30, CancellationToken.None));

        Assert.Equal("Step 'a' (a-model version 1): its file is not here.", refusal.Message);
    }

    private static OnnxFile Divide() => new OnnxFile()
        .Input("a", Datatype.Int64, "n").Input("b", Datatype.Int64, "n")
        .Node("Div", ["a", "b"], ["y"])
        .Output("y", Datatype.Int64, "n");
}
