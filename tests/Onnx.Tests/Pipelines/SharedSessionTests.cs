using Platform.Onnx.Pipelines;

namespace Platform.Onnx.Tests.Pipelines;

public sealed class SharedSessionTests : IDisposable
{
    private readonly PipelineFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_named_by_its_digest_serves_until_the_last_who_opened_it_has_gone()
    {
        var part = _folder.PathOf(_folder.Add(PipelineFolder.Affine(1, 1)));
        var alone = ModelFile.Load(part);
        using var pipeline = _folder.Load(PipelineFolder.Of([_folder.Step("a", PipelineFolder.Affine(1, 1), ("x", "input.x"))], ("y", "a.y")));

        alone.Dispose();
        alone.Dispose(); // once more changes nothing
        File.Delete(part); // so that it could not be opened again
        using var again = ModelFile.Load(_folder.Save(PipelineFolder.Of([_folder.Step("b", PipelineFolder.Affine(1, 1), ("x", "input.x"))], ("y", "b.y"))));

        Assert.Equal([2, 3, 4], pipeline.Evaluate(PipelineFolder.Rows(1, 2, 3))["y"].ToDoubles());
        Assert.Equal([2, 3, 4], again.Evaluate(PipelineFolder.Rows(1, 2, 3))["y"].ToDoubles());
    }
}
