using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Workers;

/// <summary>A model in a worker is called and answers as one in this process.</summary>
public sealed class WorkerSessionTests : WorkerTest
{
    public static TheoryData<Datatype> AllDatatypes => [.. Enum.GetValues<Datatype>()];

    [Fact]
    public async Task It_tells_the_same_of_itself()
    {
        foreach (var model in new[] { TinyModels.Add(), TinyModels.OptionalInputs(), TinyModels.LowerCase() })
        {
            var path = Save(model);
            using var here = ModelSession.Load(path);
            var there = await LoadAsync(path, new SessionSettings());

            Assert.True(there.IsElsewhere);
            Assert.Equal(here.Provider, there.Provider);
            Assert.Equal(here.PassedOver, there.PassedOver);
            Assert.Equivalent(here.Signature, there.Signature, strict: true);
        }
    }

    [Theory, MemberData(nameof(AllDatatypes))]
    public async Task Every_datatype_goes_in_and_comes_out(Datatype datatype)
    {
        var session = await LoadAsync(TinyModels.Identity(datatype, "n", 2));
        foreach (var rows in new[] { 0, 1, 2, 300 })
        {
            var sent = datatype == Datatype.Bytes
                ? Tensor.Strings([rows, 2], [.. Enumerable.Range(0, 2 * rows).Select(i => i % 3 == 0 ? "" : $"zero\0inside 诗词 {i}")])
                : Tensor.FromDoubles(datatype, [rows, 2], [.. Enumerable.Range(0, 2 * rows).Select(i => i % 2 * 1.0)]);

            var received = session.Evaluate(new Dictionary<string, Tensor> { ["x"] = sent })["y"];

            Assert.Equal(datatype, received.Datatype);
            Assert.Equal(sent.Values, received.Values);
            Assert.Equal(sent.Shape, received.Shape);
        }
    }

    [Fact]
    public async Task Tensors_of_many_sizes_one_after_the_other_come_back_whole()
    {
        var session = await LoadAsync(TinyModels.Linear());
        using var runner = session.CreateRunner();
        var (inputs, outputs, random) = (runner.CreateInputs(), runner.CreateOutputs(), new Random(7));
        for (var round = 0; round < 300; round++)
        {
            var rows = round % 50 == 0 ? 400_000 : random.Next(200);
            inputs[0].Reset(Datatype.FP32, [rows, 3]);
            foreach (ref var value in inputs[0].AsSpan<float>()) value = random.Next(100);

            runner.RunAgain(inputs, outputs);

            AssertLinear(inputs[0].AsSpan<float>(), outputs[0].AsSpan<float>(), outputs[1].AsSpan<float>());
            if (round % 50 != 0) continue;
            inputs[0].Trim(1 << 20);
            foreach (var output in outputs) output.Trim(1 << 20);
            runner.Forget();
        }
    }

    [Fact]
    public async Task Tensors_that_lie_elsewhere_are_copied()
    {
        var session = await LoadAsync(TinyModels.Linear());
        using var runner = session.CreateRunner();
        using TensorBuffer input = new(), sum = new(), doubled = new();
        Tensor.FP32([2, 3], [1, 2, 3, 4, 5, 6]).CopyTo(input);

        runner.Run([input], [sum, doubled]);

        Assert.Equal([321, 654], sum.AsSpan<float>().ToArray());
        Assert.Equal([2, 4, 6, 8, 10, 12], doubled.AsSpan<float>().ToArray());
    }

    [Fact]
    public async Task An_optional_input_has_its_default_where_it_is_left_out()
    {
        var session = await LoadAsync(TinyModels.OptionalInputs());
        var x = Tensor.FP32([1, 3], [1, 2, 3]);

        Assert.Equal([11, 22, 33], session.Evaluate(new Dictionary<string, Tensor> { ["x"] = x })["y"].ToDoubles());
        Assert.Equal([2, 3, 4], session.Evaluate(new Dictionary<string, Tensor> { ["x"] = x, ["b"] = Tensor.FP32([3], [1, 1, 1]) })["y"].ToDoubles());
        Assert.Equal([11, 22, 33], session.Evaluate(new Dictionary<string, Tensor> { ["x"] = x, ["unused"] = Tensor.FP32([], [7]) })["y"].ToDoubles());
    }

    [Fact]
    public async Task What_the_model_cannot_be_run_on_is_said_in_the_same_words_and_others_go_on()
    {
        var path = Save(TinyModels.Lookup());
        using var here = ModelSession.Load(path);
        var there = await LoadAsync(path, new SessionSettings());
        var (good, bad) = (Index(3), Index(99));

        var said = Assert.Throws<ModelRunException>(() => there.Evaluate(bad));

        Assert.Equal(Assert.Throws<ModelRunException>(() => here.Evaluate(bad)).Message, said.Message);
        Assert.Equal([30], there.Evaluate(good)["y"].ToDoubles());
        Assert.Equal(0, there.Status.Deaths.Values.Sum());
    }

    [Fact]
    public async Task An_output_that_is_too_large_is_refused_and_others_go_on()
    {
        var session = await LoadAsync(Save(TinyModels.Repeat()), new SessionSettings { MaxOutputBytes = 4000 });

        Assert.Contains("too large", Assert.Throws<ModelRunException>(() => session.Evaluate(Repeat(1001))).Message);
        Assert.Equal(1000, session.Evaluate(Repeat(1000))["y"].Values.Length);
    }

    [Fact]
    public async Task Runs_side_by_side_do_not_mix()
    {
        var session = await LoadAsync(TinyModels.Linear());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(() =>
        {
            for (var round = 0; round < 100; round++)
                Assert.Equal([caller + 10 * round], session.Evaluate(new Dictionary<string, Tensor> { ["x"] = Tensor.FP32([1, 3], [caller, round, 0]) })["sum"].ToDoubles());
        })));
    }

    [Fact]
    public async Task A_run_is_stopped_between_two_operators_and_the_worker_lives()
    {
        var session = await LoadAsync(TinyModels.Slow());
        using var over = new CancellationTokenSource();
        var endless = Task.Run(() => session.Evaluate(Rounds(long.MaxValue), over.Token));
        over.CancelAfter(50);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        Assert.Equal([1], session.Evaluate(Rounds(1))["y"].ToDoubles());
        Assert.Equal(0, session.Status.Deaths.Values.Sum());
    }

    [Fact]
    public async Task A_file_that_cannot_be_loaded_is_refused_in_the_same_words()
    {
        var path = Save(TinyModels.Linear());
        await File.WriteAllTextAsync(path, "no model");
        var here = Assert.Throws<ModelLoadException>(() => ModelSession.Load(path));

        var there = await Assert.ThrowsAsync<ModelLoadException>(() => LoadAsync(path, new SessionSettings()));

        Assert.Equal(here.Message, there.Message);
    }

    private static void AssertLinear(ReadOnlySpan<float> x, ReadOnlySpan<float> sums, ReadOnlySpan<float> doubled)
    {
        Assert.Equal((x.Length / 3, x.Length), (sums.Length, doubled.Length));
        for (var row = 0; row < sums.Length; row++)
            if (sums[row] != x[3 * row] + (10 * x[(3 * row) + 1]) + (100 * x[(3 * row) + 2]) || doubled[3 * row] != 2 * x[3 * row])
                Assert.Fail($"Row {row} of {sums.Length} is wrong.");
    }

    internal static Dictionary<string, Tensor> Rounds(long rounds) =>
        new() { ["x"] = Tensor.FP32([1], [1]), ["rounds"] = Tensor.Int64([1], [rounds]) };

    private static Dictionary<string, Tensor> Index(long index) => new() { ["index"] = Tensor.Int64([1], [index]) };

    private static Dictionary<string, Tensor> Repeat(long times) =>
        new() { ["x"] = Tensor.FP32([1], [1]), ["times"] = Tensor.Int64([1], [times]) };
}
