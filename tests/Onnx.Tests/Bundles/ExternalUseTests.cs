using Platform.Onnx.Inspection;
using Platform.Onnx.Tensors;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Bundles;

/// <summary>What is said where the tensors of a model and the files that came with it do not fit.</summary>
public sealed class ExternalUseTests : IDisposable
{
    private readonly BundleFolder _folder = new();

    [Fact]
    public void Files_that_fit_pass()
    {
        var inspection = ModelInspector.Inspect(_folder.Write(ExternalModels.Layer()));

        Assert.Null(inspection.Problem);
        Assert.Equal([ExternalModels.Weights, ExternalModels.Biases], inspection.ExternalData);
    }

    [Theory]
    [InlineData("weights.bin", 16L, 36L, "tensor 'w' keeps its values in another file ('weights.bin'), which was not sent")]
    [InlineData("../model.onnx.data", 16L, 36L, "tensor 'w' keeps its values in '../model.onnx.data', which lies outside the model's folder")]
    [InlineData("/etc/passwd", 0L, 36L, "tensor 'w' keeps its values in '/etc/passwd', which lies outside the model's folder")]
    [InlineData("model?.data", 16L, 36L, "tensor 'w' keeps its values in 'model?.data', which has a character in its name that is not allowed")]
    [InlineData(ExternalModels.Weights, 100L, 36L, "tensor 'w' keeps its values in 'model.onnx.data' from byte 100 on for 36 bytes, but the file has 80")]
    [InlineData(ExternalModels.Weights, 81L, null, "tensor 'w' keeps its values in 'model.onnx.data' from byte 81 on for 36 bytes, but the file has 80")]
    [InlineData(ExternalModels.Weights, long.MaxValue, 36L, "from byte 9223372036854775807 on for 36 bytes, but the file has 80")]
    [InlineData(ExternalModels.Weights, -4L, 36L, "tensor 'w' does not say in numbers where its values lie in 'model.onnx.data'")]
    [InlineData(ExternalModels.Weights, 16L, 32L, "tensor 'w' needs 36 bytes, but names 32 of the file 'model.onnx.data'")]
    public void What_does_not_fit_is_named_with_tensor_and_file(string location, long offset, long? length, string problem)
    {
        var path = _folder.Write(ExternalModels.LayerFile(location, offset, length).ToArray(), ExternalModels.Layer().Files);

        Assert.Contains(problem, ModelInspector.Inspect(path).Problem);
    }

    [Fact]
    public void A_file_that_no_tensor_needs_is_named()
    {
        var model = ExternalModels.Layer();

        Assert.StartsWith("No tensor of the model keeps its values in the file 'README'.",
            ModelInspector.Inspect(_folder.Write(model.Model, model.Files.Append(new("README", [1])))).Problem);
    }

    [Theory]
    [InlineData(8, new long[] { 3 })]
    [InlineData(1, new[] { long.MaxValue, 4 })]
    [InlineData(1, new[] { -3L })]
    public void Values_that_cannot_be_counted_are_refused(int type, long[] shape)
    {
        var tensor = new ProtobufWriter().Number(2, type).Text(8, "w").Message(13, new ProtobufWriter().Text(1, "location").Text(2, "w.bin")).Number(14, 1);
        foreach (var size in shape) tensor.Number(1, size);
        var model = TinyModels.Linear().Node("Identity", ["x"], ["z"], "", new ProtobufWriter().Text(1, "value").Message(5, tensor).Number(20, 4));

        Assert.Contains("tensor 'w' has a shape or a type whose values cannot lie in the file 'w.bin'",
            ModelInspector.Inspect(_folder.Write(model.ToArray(), [new("w.bin", new byte[12])])).Problem);
    }

    [Fact]
    public void A_place_without_the_word_that_values_lie_there_is_refused()
    {
        var tensor = new ProtobufWriter().Number(1, 1).Number(2, 1).Text(8, "w").Message(13, new ProtobufWriter().Text(1, "location").Text(2, "w.bin"));
        var model = TinyModels.Linear().Node("Identity", ["x"], ["z"], "", new ProtobufWriter().Text(1, "value").Message(5, tensor).Number(20, 4));

        Assert.Contains("tensor 'w' names the file 'w.bin', but does not say that its values lie there",
            ModelInspector.Inspect(_folder.Write(model.ToArray(), [new("w.bin", new byte[4])])).Problem);
    }

    public void Dispose() => _folder.Dispose();
}
