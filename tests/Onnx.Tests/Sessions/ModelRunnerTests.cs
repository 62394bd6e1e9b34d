using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Sessions;

public sealed class ModelRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onnx-tests-").FullName;
    private readonly TensorBuffer[] _inputs = [new()];
    private readonly TensorBuffer[] _outputs = [new(), new()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Repeated_runs_over_the_same_tensors_give_the_answers_of_each()
    {
        using var session = ModelSession.Load(TinyModels.Linear().Save(_folder));
        using var runner = session.CreateRunner();

        for (var round = 0; round < 50; round++)
        {
            var rows = round % 7 + 1; // growing memory moves, and bindings to it must not be used any more
            Fill(_inputs[0], rows, round);
            runner.RunAgain(_inputs, _outputs);

            Assert.Equal([rows, 1], _outputs[0].Shape.ToArray());
            Assert.Equal(Enumerable.Repeat(round * 111f, rows), _outputs[0].AsSpan<float>().ToArray());
            Assert.Equal([rows, 3], _outputs[1].Shape.ToArray());
        }
    }

    [Fact]
    public void Repeated_runs_allocate_nothing_on_the_managed_heap()
    {
        using var session = ModelSession.Load(TinyModels.Linear().Save(_folder));
        using var runner = session.CreateRunner();
        Fill(_inputs[0], 4, 1);
        for (var i = 0; i < 10; i++) runner.RunAgain(_inputs, _outputs);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) runner.RunAgain(_inputs, _outputs);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Outputs_whose_shape_depends_on_the_values_are_right_in_repeated_runs()
    {
        using var session = ModelSession.Load(new OnnxFile().Input("x", Datatype.FP32, "n")
            .Node("NonZero", ["x"], ["y"]).Output("y", Datatype.Int64, 1, "k").Save(_folder));
        using var runner = session.CreateRunner();
        var outputs = new[] { _outputs[0] };

        foreach (var values in new float[][] { [1, 0, 1], [1, 0, 1], [1, 1, 1], [0, 0, 0], [1, 0, 1], [0, 1, 0], [0, 1, 0], [1, 1, 1] })
        {
            Tensor.FP32([3], values).CopyTo(_inputs[0]);
            runner.RunAgain(_inputs, outputs);

            Assert.Equal(Enumerable.Range(0, 3).Where(i => values[i] != 0).Select(i => (long)i), outputs[0].AsSpan<long>().ToArray());
        }
    }

    [Theory]
    [InlineData(Datatype.FP32, 25, 26)]
    [InlineData(Datatype.Int8, 100, 101)]
    [InlineData(Datatype.Bytes, 20, 21)]
    public void Outputs_beyond_the_bound_fail_the_run(Datatype datatype, long most, long more)
    {
        using var session = ModelSession.Load(TinyModels.Repeat(datatype).Save(_folder), new SessionSettings { MaxOutputBytes = 100 });
        Tensor x = datatype == Datatype.Bytes ? Tensor.Strings([1], ["12345"]) : Tensor.FromDoubles(datatype, [1], [7]);

        Assert.Equal(most, session.Evaluate(Repeat(x, most))["y"].Shape[0]);
        var failure = Assert.Throws<ModelRunException>(() => session.Evaluate(Repeat(x, more)));
        Assert.Contains($"[{more}] is too large to send", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_before_and_after_a_large_one_give_the_same_answers()
    {
        using var session = ModelSession.Load(TinyModels.Repeat().Save(_folder));
        using var runner = session.CreateRunner();
        TensorBuffer[] inputs = [_inputs[0], _outputs[1]], outputs = [_outputs[0]];

        foreach (var times in new[] { 3, 3, 3, 17 << 20, 3, 3, 3, 17 << 20, 17 << 20, 3 })
        {
            Tensor.FP32([1], [times]).CopyTo(inputs[0]);
            Tensor.Int64([1], [times]).CopyTo(inputs[1]);
            runner.RunAgain(inputs, outputs);

            Assert.Equal(times, outputs[0].Count);
            Assert.False(outputs[0].AsSpan<float>().ContainsAnyExcept((float)times));
            outputs[0].Trim(1 << 20);
            if (times > 3) runner.Forget();
        }
    }

    [Fact]
    public void A_failing_run_is_explained_in_repeated_runs_too()
    {
        using var session = ModelSession.Load(TinyModels.Lookup().Save(_folder));
        using var runner = session.CreateRunner();
        var outputs = new[] { _outputs[0] };
        foreach (var index in new long[] { 1, 2, 3, 99, 1, 2, 3, 99 })
        {
            Tensor.Int64([1], [index]).CopyTo(_inputs[0]);
            if (index < 4)
            {
                runner.RunAgain(_inputs, outputs);
                Assert.Equal([index * 10f], outputs[0].AsSpan<float>().ToArray());
            }
            else
            {
                Assert.Contains("idx=99", Assert.Throws<ModelRunException>(() => runner.RunAgain(_inputs, outputs)).Message);
            }
        }
    }

    private static void Fill(TensorBuffer input, int rows, float value)
    {
        input.Reset(Datatype.FP32, [rows, 3]);
        input.AsSpan<float>().Fill(value);
    }

    private static Dictionary<string, Tensor> Repeat(Tensor x, long times) => new() { ["x"] = x, ["times"] = Tensor.Int64([1], [times]) };
}
