using Platform.Onnx.Inspection;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Inspection;

public sealed class ModelInspectorTests
{
    [Fact]
    public void A_plain_model_is_described()
    {
        var inspection = Inspect(TinyModels.Linear().Import("ai.onnx.ml", 3));

        Assert.True(inspection.Accepted, inspection.Problem);
        Assert.Equal(17, inspection.Opset);
        Assert.Equal(3, inspection.OperatorSets["ai.onnx.ml"]);
        Assert.Equal("test 1.0", inspection.Producer);
        Assert.Equal(2, inspection.Nodes);
        Assert.Equal([""], inspection.Domains);
        Assert.Empty(inspection.ExternalData);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../outside.bin")]
    [InlineData("weights.bin")]
    public void Tensors_in_another_file_are_refused(string location)
    {
        var inspection = Inspect(TinyModels.Linear().ExternalConstant("w", location));

        Assert.Equal([location], inspection.ExternalData);
        Assert.Contains($"'{location}'", inspection.Problem);
    }

    [Fact]
    public void Tensors_in_another_file_are_found_inside_subgraphs()
    {
        var tensor = new ProtobufWriter().Number(1, 1).Number(2, 1)
            .Message(13, new ProtobufWriter().Text(1, "location").Text(2, "hidden.bin")).Number(14, 1);
        var branch = new ProtobufWriter().Message(1, OnnxFile.Operator("Constant", [], ["y"], "",
            new ProtobufWriter().Text(1, "value").Message(5, tensor).Number(20, 4)));
        var model = TinyModels.Linear().Node("If", ["c"], ["z"], "",
            new ProtobufWriter().Text(1, "then_branch").Message(6, branch).Number(20, 5));

        Assert.Equal(["hidden.bin"], Inspect(model).ExternalData);
    }

    [Theory]
    [InlineData(22, "INT4")]
    [InlineData(21, "UINT4")]
    [InlineData(17, "FLOAT8E4M3FN")]
    [InlineData(19, "FLOAT8E5M2")]
    [InlineData(14, "COMPLEX64")]
    public void An_input_of_a_type_that_no_request_can_carry_is_refused_by_its_name(int type, string name)
    {
        var problem = Inspect(new OnnxFile().InputOfType("x", type, "n", 2).Node("Cast", ["x"], ["y"], "", OnnxFile.Integer("to", 1)).Output("y", Datatype.FP32, "n", 2)).Problem;

        Assert.Contains($"the input 'x' has elements of type {name}", problem);
    }

    [Fact]
    public void An_operator_of_a_foreign_domain_is_refused_unless_allowed()
    {
        var model = TinyModels.Linear().Import("com.example", 1).Node("Magic", ["x"], ["z"], "com.example");

        Assert.Contains("'Magic' of the domain 'com.example'", Inspect(model).Problem);
        Assert.True(Inspect(model, new InspectionLimits { Domains = new HashSet<string> { "", "com.example" } }).Accepted);
    }

    [Fact]
    public void An_operator_that_the_file_itself_defines_is_accepted()
    {
        var model = TinyModels.Linear().Import("pkg.own", 1).Node("Twice", ["x"], ["z"], "pkg.own")
            .Function("pkg.own", "Twice", ["a"], ["b"], OnnxFile.Operator("Add", ["a", "a"], ["b"]));

        Assert.True(Inspect(model).Accepted, Inspect(model).Problem);
    }

    [Fact]
    public void Functions_that_double_again_and_again_are_refused()
    {
        var model = new OnnxFile().Import("f", 1).Input("x", Datatype.FP32, "n").Node("F0", ["x"], ["y"], "f").Output("y", Datatype.FP32, "n");
        for (var i = 0; i < 60; i++)
        {
            var next = $"F{i + 1}";
            model.Function("f", $"F{i}", ["x"], ["y"], OnnxFile.Operator(next, ["x"], ["t"], "f"), OnnxFile.Operator(next, ["t"], ["y"], "f"));
        }

        Assert.Contains("once its functions are written out", Inspect(model.Function("f", "F60", ["x"], ["y"], OnnxFile.Operator("Relu", ["x"], ["y"]))).Problem);
    }

    [Fact]
    public void A_function_that_uses_itself_is_refused()
    {
        var model = new OnnxFile().Import("f", 1).Input("x", Datatype.FP32, "n").Node("A", ["x"], ["y"], "f").Output("y", Datatype.FP32, "n")
            .Function("f", "A", ["x"], ["y"], OnnxFile.Operator("A", ["x"], ["y"], "f"));

        Assert.Contains("'A' uses itself", Inspect(model).Problem);
    }

    [Fact]
    public void Too_many_operators_are_refused()
    {
        var model = new OnnxFile();
        for (var i = 0; i < 11; i++) model.Node("Relu", ["x"], ["y"]);

        Assert.Contains("more than 10 operators", Inspect(model, new InspectionLimits { MaxNodes = 10 }).Problem);
    }

    [Fact]
    public void Deeply_nested_graphs_are_refused()
    {
        var graph = new ProtobufWriter();
        for (var i = 0; i < 1000; i++)
            graph = new ProtobufWriter().Message(1, new ProtobufWriter().Text(4, "If").Message(5, new ProtobufWriter().Message(6, graph)));

        Assert.Contains("nested more than", Inspect(new ProtobufWriter().Message(7, graph).ToArray()).Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a model at all")]
    [InlineData("{\"json\": true}")]
    [InlineData("PK\u0003\u0004zip")]
    public void Other_files_are_refused(string content) =>
        Assert.False(Inspect(System.Text.Encoding.Latin1.GetBytes(content)).Accepted);

    [Fact]
    public void A_file_beyond_the_limit_is_refused_unread() =>
        Assert.Contains("at most 10 are accepted", Inspect(TinyModels.Linear(), new InspectionLimits { MaxBytes = 10 }).Problem);

    [Fact]
    public void Any_shortened_file_gets_an_answer()
    {
        var whole = TinyModels.Linear().ToArray();
        for (var length = 0; length < whole.Length; length++) Inspect(whole[..length]);
    }

    [Fact]
    public void Any_damaged_file_gets_an_answer_and_what_is_accepted_loads_or_is_refused_with_a_reason()
    {
        var whole = TinyModels.Linear().ToArray();
        var random = new Random(7);
        var path = Path.GetTempFileName();
        for (var round = 0; round < 2000; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var i = random.Next(1, 4); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (!Inspect(damaged).Accepted) continue;
            File.WriteAllBytes(path, damaged);
            LoadOrRefuse(path);
        }

        File.Delete(path);
    }

    private static void LoadOrRefuse(string path)
    {
        try
        {
            ModelSession.Load(path).Dispose();
        }
        catch (ModelLoadException exception)
        {
            Assert.NotEmpty(exception.Message);
            Assert.DoesNotContain(path, exception.Message);
        }
    }

    private static ModelInspection Inspect(OnnxFile model, InspectionLimits? limits = null) => Inspect(model.ToArray(), limits);

    private static ModelInspection Inspect(byte[] content, InspectionLimits? limits = null) =>
        ModelInspector.Inspect(new MemoryStream(content), limits);
}
