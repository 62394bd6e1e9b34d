using System.Net;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests.Uploads;

/// <summary>
/// What ONNX Runtime says of a file that it does not load reaches the uploader as a reason; of our machine it names nothing, though the
/// runtime likes to quote paths, source files and functions of its own (<see cref="Discretion"/>).
/// </summary>
public sealed class LoadErrorTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    public static TheoryData<string, byte[]> Unloadable => new()
    {
        { "an unknown operator", Of("Nonsense", ["x"]) },
        { "an input that nothing makes", Of("Relu", ["nowhere"]) },
        { "too many inputs", Of("Relu", ["x", "x", "x"]) },
        { "too few inputs", Of("Concat", []) },
        { "a missing attribute", Of("Concat", ["x", "x"]) },
        { "an attribute that the operator does not have", Of("Relu", ["x"], OnnxFile.Integer("colour", 1)) },
        { "an attribute of another type", Of("Concat", ["x", "x"], OnnxFile.Text("axis", "one")) },
        { "an axis that is none", Of("Concat", ["x", "x"], OnnxFile.Integer("axis", 99)) },
        { "an unknown way to round", Of("Gelu", ["x"], OnnxFile.Text("approximate", "wildly")) },
        { "a type that the operator does not take", new OnnxFile().Input("x", Datatype.Bytes, "n").Node("Relu", ["x"], ["y"]).Output("y", Datatype.Bytes, "n").ToArray() },
        { "another type than the output says", new OnnxFile().Input("x", Datatype.FP32, "n").Node("Relu", ["x"], ["y"]).Output("y", Datatype.Int64, "n").ToArray() },
        { "shapes that do not fit", new OnnxFile().Input("x", Datatype.FP32, 2, 3).Constant("w", Datatype.FP32, [2, 1], 1f, 2f).Node("MatMul", ["x", "w"], ["y"]).Output("y", Datatype.FP32, 2, 1).ToArray() },
        { "a name that is made twice", new OnnxFile().Input("x", Datatype.FP32, "n").Node("Relu", ["x"], ["y"]).Node("Abs", ["x"], ["y"]).Output("y", Datatype.FP32, "n").ToArray() },
        { "a circle", new OnnxFile().Input("x", Datatype.FP32, "n").Node("Add", ["x", "b"], ["a"]).Node("Add", ["x", "a"], ["b"]).Node("Relu", ["b"], ["y"]).Output("y", Datatype.FP32, "n").ToArray() },
        { "an output that nothing makes", new OnnxFile().Input("x", Datatype.FP32, "n").Node("Relu", ["x"], ["z"]).Output("y", Datatype.FP32, "n").ToArray() },
        { "an operator set of the future", new OnnxFile().Import("", 4000).Input("x", Datatype.FP32, "n").Node("Relu", ["x"], ["y"]).Output("y", Datatype.FP32, "n").ToArray() },
        { "weights elsewhere", new OnnxFile().Input("x", Datatype.FP32, "n").ExternalConstant("w", "../../etc/passwd").Node("Add", ["x", "w"], ["y"]).Output("y", Datatype.FP32, "n").ToArray() },
        { "a constant that is too short", new OnnxFile().Input("x", Datatype.FP32, "n").Constant("w", Datatype.FP32, [7], 1f).Node("Add", ["x", "w"], ["y"]).Output("y", Datatype.FP32, "n").ToArray() },
        { "a branch without its graph", Of("If", ["x"]) },
        { "an encoder without its tables", new OnnxFile().Import("ai.onnx.ml", 2).Input("x", Datatype.Bytes, "n").Node("LabelEncoder", ["x"], ["y"], "ai.onnx.ml").Output("y", Datatype.Int64, "n").ToArray() },
        { "trees whose parts do not fit", new OnnxFile().Import("ai.onnx.ml", 2).Input("x", Datatype.FP32, "n", 2)
            .Node("TreeEnsembleRegressor", ["x"], ["y"], "ai.onnx.ml", OnnxFile.Integers("nodes_treeids", 0, 0), OnnxFile.Integers("nodes_nodeids", 0)).Output("y", Datatype.FP32, "n", 1).ToArray() },
    };

    [Theory]
    [MemberData(nameof(Unloadable))]
    public async Task The_reason_names_nothing_of_our_machine(string what, byte[] file)
    {
        var model = await registry.RegisterAsync();
        var reason = await registry.Http.PostAsync($"/v1/models/{model}/versions", new UploadBody { Model = file }.ToContent())
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "registry.model_invalid");
        Assert.True(reason.Length > 30, $"{what}: {reason}");
    }

    private static byte[] Of(string operation, string[] inputs, params ProtobufWriter[] attributes) => new OnnxFile()
        .Input("x", Datatype.FP32, "n").Node(operation, inputs, ["y"], "", attributes).Output("y", Datatype.FP32, "n").ToArray();
}
