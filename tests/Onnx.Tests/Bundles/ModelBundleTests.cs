using System.Formats.Tar;
using System.Runtime.InteropServices;
using Platform.Onnx.Bundles;
using Platform.Onnx.Graphs;
using Platform.Onnx.Inspection;
using Platform.Onnx.Pipelines;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.Onnx.Workers;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Bundles;

public sealed class ModelBundleTests : IDisposable
{
    private static readonly Dictionary<string, Tensor> X = new() { ["x"] = Tensor.FP32([2, 3], [1, 2, 3, -1, 5, 0]) };

    private readonly BundleFolder _folder = new();

    [Fact]
    public void A_model_answers_from_its_bundle_as_it_does_with_its_weights_inside()
    {
        using var bundled = ModelFile.Load(_folder.Write(ExternalModels.Layer()));
        using var whole = ModelFile.Load(_folder.Write(ExternalModels.LayerInside().ToArray()));

        Assert.Equal([1, 20.5f, 299, 0, 50.5f, 0], (float[])bundled.Evaluate(X)["y"].Values);
        Assert.Equal((float[])whole.Evaluate(X)["y"].Values, (float[])bundled.Evaluate(X)["y"].Values);
    }

    [Fact]
    public void Weights_are_mapped_from_where_they_lie_in_the_bundle()
    {
        var (outside, inside) = ExternalModels.Wide();
        var x = new Dictionary<string, Tensor> { ["x"] = Tensor.FP32([8, 64], [.. Enumerable.Range(0, 8 * 64).Select(i => i % 17 * 0.5f)]) };
        using var bundled = ModelFile.Load(_folder.Write(outside));
        using var whole = ModelFile.Load(_folder.Write(inside.ToArray()));

        Assert.Equal((float[])whole.Evaluate(x)["y"].Values, (float[])bundled.Evaluate(x)["y"].Values);
    }

    [Fact]
    public async Task A_worker_serves_a_bundle()
    {
        var placed = await PlacedSession.LoadAsync(
            _folder.Write(ExternalModels.Layer()), new SessionSettings(), new IsolationOptions(), "process", FirstLoad.Build, null, default);
        using var session = placed.Session;

        Assert.NotNull(placed.Worker);
        Assert.Equal([1, 20.5f, 299, 0, 50.5f, 0], (float[])session.Evaluate(X)["y"].Values);
    }

    [Fact]
    public async Task A_build_that_did_not_vet_a_bundle_tries_it_out_first()
    {
        var placed = await PlacedSession.LoadAsync(
            _folder.Write(ExternalModels.Layer()), new SessionSettings(), new IsolationOptions(), null, "another build", null, default);
        using var session = placed.Session;

        Assert.Equal([1, 20.5f, 299, 0, 50.5f, 0], (float[])session.Evaluate(X)["y"].Values);
    }

    [Fact]
    public void What_is_proved_of_rows_is_proved_with_constants_in_other_files()
    {
        var proof = ModelFile.Prove(_folder.Write(ExternalModels.Layer()));
        var unknown = ModelFile.Prove(_folder.Write(ExternalModels.LayerFile().ToArray()));

        Assert.Null(proof.Mixing);
        Assert.Null(ModelFile.Prove(_folder.Write(ExternalModels.LayerInside().ToArray())).Mixing);
        Assert.NotNull(unknown.Mixing); // the shape decides, so it has been read
    }

    [Fact]
    public void A_row_of_a_table_in_another_file_is_looked_at_where_it_lies()
    {
        var table = new float[4096 * 8]; // too many values to be kept
        Array.Fill(table, 1, 8, 8);
        var files = new Dictionary<string, byte[]> { ["table"] = [.. new byte[64], .. MemoryMarshal.AsBytes(table.AsSpan())] };
        var path = _folder.Write(new OnnxFile().ExternalConstant("t", Datatype.FP32, [4096, 8], "table", 64)
            .Input("x", Datatype.FP32, 4096, 8).Node("Add", ["x", "t"], ["y"]).Output("y", Datatype.FP32, 4096, 8).ToArray(), files);

        var constant = OnnxFileReader.Read(path).Graph.Constants["t"];

        Assert.Null(constant.Numbers);
        Assert.True(constant.IsZero(path, 0, 8));
        Assert.False(constant.IsZero(path, 8, 8));
        Assert.True(constant.IsZero(path, 16, 8));
    }

    [Fact]
    public void Constants_inside_operators_and_branches_lie_in_other_files_too()
    {
        ProtobufWriter External(string location, long offset) => new ProtobufWriter().Number(1, 1).Number(2, 1)
            .Message(13, Entry("location", location)).Message(13, Entry("offset", $"{offset}")).Message(13, Entry("length", "4")).Number(14, 1);
        OnnxFile Branch(string name, long offset) => new OnnxFile()
            .Node("Constant", [], [name], "", new ProtobufWriter().Text(1, "value").Message(5, External("folder/w.bin", offset)).Number(20, 4))
            .Output(name, Datatype.FP32, 1);
        var model = new OnnxFile().Input("c", Datatype.Bool)
            .Node("If", ["c"], ["y"], "", OnnxFile.Graph("then_branch", Branch("a", 0)), OnnxFile.Graph("else_branch", Branch("b", 4)))
            .Output("y", Datatype.FP32, 1);
        var path = _folder.Write(model.ToArray(), [new("folder/w.bin", [.. BitConverter.GetBytes(7f), .. BitConverter.GetBytes(9f)])]);

        using var session = ModelFile.Load(path);

        Assert.Null(ModelInspector.Inspect(path).Problem);
        Assert.Equal([7f], (float[])session.Evaluate(new Dictionary<string, Tensor> { ["c"] = new(Datatype.Bool, [], new[] { true }) })["y"].Values);
        Assert.Equal([9f], (float[])session.Evaluate(new Dictionary<string, Tensor> { ["c"] = new(Datatype.Bool, [], new[] { false }) })["y"].Values);
    }

    [Fact]
    public void The_same_files_make_the_same_bundle_in_whatever_order()
    {
        var model = ExternalModels.Layer();

        Assert.Equal(File.ReadAllBytes(_folder.Write(model)), File.ReadAllBytes(_folder.Write(model.Model, model.Files.Reverse())));
    }

    [Fact]
    public void Any_tar_program_opens_a_bundle()
    {
        var model = ExternalModels.Layer();
        var found = new Dictionary<string, byte[]>();
        using var archive = new TarReader(File.OpenRead(_folder.Write(model)));
        while (archive.GetNextEntry(copyData: true) is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream!.CopyTo(content);
            found[entry.Name] = content.ToArray();
        }

        Assert.Equal(["biases.bin", "model.onnx", "model.onnx.data"], found.Keys.Order());
        Assert.Equal(model.Model, found["model.onnx"]);
        Assert.Equal(model.Files["biases.bin"], found["biases.bin"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(511)]
    [InlineData((1L << 33) - 1)]
    [InlineData(1L << 33)]
    [InlineData(123_456_789_012)]
    public void A_header_tells_the_length_that_it_was_given(long length)
    {
        Assert.Equal(("weights/ä.bin", length), TarHeader.Read(TarHeader.Write(new BundledFile("weights/ä.bin", 0, length))));
    }

    [Fact]
    public void A_bundle_that_is_damaged_is_refused_wherever_it_is()
    {
        var bundle = File.ReadAllBytes(_folder.Write(ExternalModels.Layer()));
        for (var end = 513; end < bundle.Length - 1024; end += 512)
        {
            var cut = _folder.Write(bundle[..end]);
            Assert.Throws<InvalidDataException>(() => ModelBundle.Open(cut));
            Assert.NotNull(ModelInspector.Inspect(cut).Problem);
            Assert.Throws<ModelLoadException>(() => ModelFile.Load(cut).Dispose());
        }
    }

    public void Dispose() => _folder.Dispose();

    private static ProtobufWriter Entry(string key, string value) => new ProtobufWriter().Text(1, key).Text(2, value);
}
