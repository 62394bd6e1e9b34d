using System.Security.Cryptography;
using System.Text.Json;
using Platform.Onnx.Pipelines;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Pipelines;

/// <summary>Models and pipelines of them, in files that lie as artifacts do.</summary>
public sealed class PipelineFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _documents;

    /// <summary>Stores a model.</summary>
    /// <returns>Its digest.</returns>
    public string Add(OnnxFile model)
    {
        var bytes = model.ToArray();
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        File.WriteAllBytes(PathOf(digest), bytes);
        return digest;
    }

    public string PathOf(string digest) => Path.Combine(Directory.CreateDirectory(_folder.File(digest[..2])).FullName, digest);

    /// <summary>A step that asks a model.</summary>
    public PipelineStep Step(string name, OnnxFile model, params (string Input, string Value)[] inputs) => new()
    {
        Name = name, Model = $"{name}-model", Version = "1", Sha256 = Add(model), Inputs = inputs.ToDictionary(input => input.Input, input => input.Value),
    };

    public string Save(PipelineDocument document)
    {
        var path = Path.Combine(Directory.CreateDirectory(_folder.File("incoming")).FullName, $"{_documents++}");
        File.WriteAllBytes(path, document.ToBytes());
        return path;
    }

    public ModelSession Load(PipelineDocument document) => ModelFile.Load(Save(document));

    /// <summary>A pipeline over rows of three numbers, <c>input.x</c>.</summary>
    public static PipelineDocument Of(PipelineStep[] steps, params (string Output, string Value)[] outputs) => new()
    {
        Inputs = [new PipelineTensor { Name = "x", Datatype = "FP32", Shape = [-1, 3] }],
        Steps = steps,
        Outputs = outputs.ToDictionary(output => output.Output, output => output.Value),
    };

    /// <summary><c>y</c> = x·weight + offset for rows of so many numbers.</summary>
    public static OnnxFile Affine(float weight, float offset, int width = 3) => new OnnxFile()
        .Input("x", Datatype.FP32, "n", width)
        .Constant("w", Datatype.FP32, [], weight).Constant("b", Datatype.FP32, [], offset)
        .Node("Mul", ["x", "w"], ["scaled"]).Node("Add", ["scaled", "b"], ["y"])
        .Output("y", Datatype.FP32, "n", width);

    /// <summary><c>y</c> = 10x; a run fails where one of the numbers is none of 0 to 3.</summary>
    public static OnnxFile Picky() => new OnnxFile()
        .Input("x", Datatype.FP32, "n", 3)
        .Constant("table", Datatype.FP32, [4], 0f, 10f, 20f, 30f)
        .Node("Cast", ["x"], ["index"], attributes: OnnxFile.Integer("to", 7))
        .Node("Gather", ["table", "index"], ["y"])
        .Output("y", Datatype.FP32, "n", 3);

    /// <summary><c>class</c> = the place of the largest of three numbers.</summary>
    public static OnnxFile Largest() => new OnnxFile()
        .Input("x", Datatype.FP32, "n", 3)
        .Node("ArgMax", ["x"], ["class"], attributes: [OnnxFile.Integer("axis", 1), OnnxFile.Integer("keepdims", 0)])
        .Output("class", Datatype.Int64, "n");

    public static IReadOnlyDictionary<string, Tensor> Rows(params float[] values) => new Dictionary<string, Tensor> { ["x"] = Tensor.FP32([values.Length / 3, 3], values) };

    public static JsonElement Values(string json) => JsonElement.Parse(json);

    public void Dispose() => _folder.Dispose();
}
