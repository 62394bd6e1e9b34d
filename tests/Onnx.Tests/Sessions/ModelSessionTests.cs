using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Sessions;

public sealed class ModelSessionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onnx-tests-").FullName;

    public static TheoryData<Datatype> AllDatatypes => [.. Enum.GetValues<Datatype>()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_signature_is_read_from_the_file()
    {
        using var session = Load(TinyModels.Add());

        Assert.Equal(["a", "b"], session.Signature.Inputs.Select(input => input.Name));
        Assert.Equal([Datatype.FP32, Datatype.Int64], session.Signature.Inputs.Select(input => input.Datatype));
        Assert.Equal([-1, 2], session.Signature.Inputs[0].Shape);
        Assert.Equal(["n", ""], session.Signature.Inputs[0].Symbols);
        Assert.Equal("y", Assert.Single(session.Signature.Outputs).Name);
    }

    [Fact]
    public void Inputs_with_a_default_are_optional()
    {
        using var session = Load(TinyModels.OptionalInputs());

        Assert.Equal(["x"], session.Signature.Inputs.Select(input => input.Name));
        Assert.Equal(["b", "unused"], session.Signature.OptionalInputs.Select(input => input.Name).Order());
        Assert.Equal([3], session.Signature.OptionalInputs.Single(input => input.Name == "b").Shape);
    }

    [Fact]
    public void An_optional_input_has_its_default_where_it_is_left_out()
    {
        using var session = Load(TinyModels.OptionalInputs());
        var x = Tensor.FP32([1, 3], [1, 2, 3]);

        Assert.Equal([11, 22, 33], session.Evaluate(Inputs("x", x))["y"].ToDoubles());
        Assert.Equal([2, 3, 4], session.Evaluate(new Dictionary<string, Tensor> { ["x"] = x, ["b"] = Tensor.FP32([3], [1, 1, 1]) })["y"].ToDoubles());
        Assert.Equal([11, 22, 33], session.Evaluate(new Dictionary<string, Tensor> { ["x"] = x, ["unused"] = Tensor.FP32([], [7]) })["y"].ToDoubles());
    }

    [Theory]
    [MemberData(nameof(AllDatatypes))]
    public void Every_datatype_goes_in_and_comes_out(Datatype datatype)
    {
        using var session = Load(TinyModels.Identity(datatype, "n", 2));
        var sent = datatype == Datatype.Bytes
            ? Tensor.Strings([2, 2], ["one", "", "zero\0inside", "诗词"])
            : Tensor.FromDoubles(datatype, [2, 2], [0, 1, 1, 0]);

        var received = session.Evaluate(Inputs("x", sent))["y"];

        Assert.Equal(datatype, session.Signature.Inputs[0].Datatype);
        Assert.Equal(datatype, received.Datatype);
        Assert.Equal([2, 2], received.Shape);
        Assert.Equal(sent.Values, received.Values);
    }

    /// <summary>Whether or not this machine has the locale that the runtime asks for.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("en_US.UTF-8")]
    [InlineData("en_US")]
    [InlineData("C")]
    public void A_text_model_changes_case_in_the_locale_that_it_names(string? locale)
    {
        using var session = Load(TinyModels.LowerCase(locale));

        var received = session.Evaluate(Inputs("x", Tensor.Strings([3], ["FREE Entry", "ÄPFEL", "ΩMEGA"])))["y"];

        string[] expected = locale == "C" ? ["free entry", "Äpfel", "Ωmega"] : ["free entry", "äpfel", "ωmega"];
        Assert.Equal(Tensor.Strings([3], expected).Values, received.Values);
    }

    [Fact]
    public void All_outputs_are_returned_by_name()
    {
        using var session = Load(TinyModels.Linear());

        var outputs = session.Evaluate(Inputs("x", Tensor.FP32([2, 3], [1, 2, 3, 4, 5, 6])));

        Assert.Equal([321, 654], outputs["sum"].ToDoubles());
        Assert.Equal([2, 4, 6, 8, 10, 12], outputs["doubled"].ToDoubles());
    }

    [Fact]
    public void A_batch_of_no_rows_gives_no_rows()
    {
        using var session = Load(TinyModels.Linear());

        Assert.Equal([0, 1], session.Evaluate(Inputs("x", Tensor.FP32([0, 3], [])))["sum"].Shape);
    }

    [Fact]
    public void A_classifier_that_ends_in_maps_is_served_as_a_table()
    {
        var keys = new ProtobufWriter().Text(1, "classlabels_int64s").Number(8, 20).Number(8, 10).Number(20, 7);
        using var session = Load(new OnnxFile().Import("ai.onnx.ml", 3)
            .Input("x", Datatype.FP32, "n", 2).Node("ZipMap", ["x"], ["p"], "ai.onnx.ml", keys).OutputMaps("p"));

        var table = session.Evaluate(Inputs("x", Tensor.FP32([2, 2], [0.1f, 0.9f, 0.7f, 0.3f])))["p"];

        Assert.Equal([-1, -1], session.Signature.Outputs[0].Shape);
        Assert.Equal([2, 2], table.Shape);
        Assert.Equal([0.9f, 0.1f, 0.3f, 0.7f], (float[])table.Values);
    }

    [Fact]
    public void Inputs_that_the_model_cannot_take_are_explained()
    {
        using var session = Load(TinyModels.Lookup());

        var exception = Assert.Throws<ModelRunException>(() => session.Evaluate(Inputs("index", Tensor.Int64([1], [99]))));

        Assert.Contains("idx=99", exception.Message);
        Assert.False(exception.Stopped);
    }

    [Theory]
    [InlineData("wrong", "The model has no input 'wrong'.")]
    [InlineData(null, "Input 'index' is missing.")]
    public void Wrong_inputs_are_named(string? name, string message)
    {
        using var session = Load(TinyModels.Lookup());
        var inputs = name is null ? [] : Inputs(name, Tensor.Int64([1], [1]));

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => session.Evaluate(inputs)).Message);
    }

    [Fact]
    public void A_file_that_cannot_be_loaded_says_why_without_its_path()
    {
        var path = new OnnxFile().Input("x", Datatype.FP32, 1).Node("Nope", ["x"], ["y"]).Output("y", Datatype.FP32, 1).Save(_folder);

        var exception = Assert.Throws<ModelLoadException>(() => ModelSession.Load(path));

        Assert.Contains("Nope", exception.Message);
        Assert.DoesNotContain(_folder, exception.Message);
    }

    [Fact]
    public void A_provider_that_is_not_there_is_passed_over_for_the_cpu()
    {
        var settings = new SessionSettings { Providers = [new(ExecutionProvider.TensorRt) { DeviceId = 99 }, new(ExecutionProvider.Cuda) { DeviceId = 99 }] };

        using var session = ModelSession.Load(TinyModels.Linear().Save(_folder), settings);

        Assert.Equal(ExecutionProvider.Cpu, session.Provider);
        Assert.Equal(2, session.PassedOver.Count);
        Assert.Equal([321], session.Evaluate(Inputs("x", Tensor.FP32([1, 3], [1, 2, 3])))["sum"].ToDoubles());
    }

    [Fact]
    public void A_run_can_be_cancelled()
    {
        using var session = Load(TinyModels.Endless());
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.Throws<OperationCanceledException>(() => session.Evaluate(Inputs("x", Tensor.FP32([1], [1])), cancellation.Token));
    }

    [Fact]
    public void Runners_of_one_session_do_not_disturb_each_other()
    {
        using var session = Load(TinyModels.Linear());

        Parallel.For(0, 8, worker =>
        {
            for (var i = 0; i < 200; i++)
            {
                var value = worker * 1000 + i;
                var sum = session.Evaluate(Inputs("x", Tensor.FP32([1, 3], [value, 0, 0])))["sum"].ToDoubles();
                Assert.Equal([value], sum);
            }
        });
    }

    private ModelSession Load(OnnxFile model) => ModelSession.Load(model.Save(_folder));

    private static Dictionary<string, Tensor> Inputs(string name, Tensor tensor) => new() { [name] = tensor };
}
