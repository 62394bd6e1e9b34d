using Platform.Onnx.Batching;
using Platform.Onnx.Pipelines;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.TestModels;
using static Platform.Onnx.Tests.Pipelines.PipelineFolder;

namespace Platform.Onnx.Tests.Pipelines;

public sealed class PipelineRunTests : IDisposable
{
    private readonly PipelineFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_step_reads_what_the_one_before_has_answered()
    {
        using var session = _folder.Load(Of([_folder.Step("second", Affine(10, 0), ("x", "first.y")), _folder.Step("first", Affine(1, 1), ("x", "input.x"))], ("y", "second.y")));

        Assert.Equal([20, 30, 40, 50, 60, 70], Run(session, 1, 2, 3, 4, 5, 6));
    }

    [Fact]
    public void Repeated_runs_give_the_answers_of_each_and_allocate_nothing_on_the_managed_heap()
    {
        using var session = _folder.Load(Of([_folder.Step("a", Affine(1, 1), ("x", "input.x")), _folder.Step("b", Affine(10, 0), ("x", "a.y"))], ("y", "b.y")));
        using var runner = session.CreateRunner();
        var (inputs, outputs) = (runner.CreateInputs(), runner.CreateOutputs());

        for (var round = 0; round < 20; round++)
        {
            Tensor.FP32([round % 3 + 1, 3], [.. Enumerable.Repeat((float)round, 3 * (round % 3 + 1))]).CopyTo(inputs[0]);
            runner.RunAgain(inputs, outputs);
            Assert.Equal(Enumerable.Repeat(10f * (round + 1), 3 * (round % 3 + 1)), outputs[0].AsSpan<float>().ToArray());
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) runner.RunAgain(inputs, outputs);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        foreach (var tensor in inputs.Concat(outputs)) tensor.Dispose();
    }

    [Fact]
    public void A_value_may_be_an_output_and_read_by_a_further_step()
    {
        using var session = _folder.Load(Of([_folder.Step("a", Affine(2, 0), ("x", "input.x")), _folder.Step("b", Affine(3, 0), ("x", "a.y"))],
            ("both", "b.y"), ("half", "a.y"), ("given", "input.x"), ("again", "a.y")));

        var answer = session.Evaluate(Rows(1, 2, 3));

        Assert.Equal([6, 12, 18], answer["both"].ToDoubles());
        Assert.Equal([2, 4, 6], answer["half"].ToDoubles());
        Assert.Equal([1, 2, 3], answer["given"].ToDoubles());
        Assert.Equal([2, 4, 6], answer["again"].ToDoubles());
    }

    [Theory]
    [InlineData(PipelineCombination.Mean, null, new double[] { 2, 4, 6 })]
    [InlineData(PipelineCombination.Weighted, new double[] { 3, 1 }, new double[] { 1.5, 3, 4.5 })]
    public void Branches_are_averaged(string kind, double[]? weights, double[] expected)
    {
        using var session = _folder.Load(Of([_folder.Step("a", Affine(1, 0), ("x", "input.x")), _folder.Step("b", Affine(3, 0), ("x", "input.x"))], ("y", "combine.output"))
            with { Combine = new PipelineCombination { Kind = kind, Of = ["a.y", "b.y"], Weights = weights } });

        Assert.Equal(expected, Run(session, 1, 2, 3));
    }

    [Fact]
    public void Branches_vote_and_of_equal_votes_the_first_counts()
    {
        using var session = _folder.Load(Vote(null));

        // Of 5, 1, 9 the places of the largest, of the least, and of the largest of the doubled.
        Assert.Equal([2], Run(session, 5, 1, 9));

        using var weighted = _folder.Load(Vote([1, 5, 1]));

        Assert.Equal([1], Run(weighted, 5, 1, 9));
    }

    [Fact]
    public void Rows_of_a_batch_take_the_way_that_their_condition_says_and_come_back_in_their_order()
    {
        using var session = _folder.Load(Of(
            [
                _folder.Step("router", Largest(), ("x", "input.x")),
                _folder.Step("first", Affine(1, 100), ("x", "input.x")) with { When = "router.class = 0" },
                _folder.Step("other", Affine(1, 200), ("x", "input.x")) with { When = "router.class != 0" },
                _folder.Step("after", Affine(2, 0), ("x", "first.y|other.y")),
            ], ("y", "after.y"), ("way", "router.class")));

        var answer = session.Evaluate(Rows(9, 0, 0, 0, 9, 0, 8, 0, 0, 0, 0, 7));

        Assert.Equal([218, 200, 200, 400, 418, 400, 216, 200, 200, 400, 400, 414], answer["y"].ToDoubles());
        Assert.Equal([0, 1, 0, 2], answer["way"].ToDoubles());
    }

    [Fact]
    public void A_cascade_asks_the_second_version_only_where_the_first_is_unsure()
    {
        // The second one fails on what it is not to be asked.
        using var session = _folder.Load(Of(
            [_folder.Step("cheap", Affine(1, 0), ("x", "input.x")), _folder.Step("dear", Picky(), ("x", "input.x")) with { When = "max(cheap.y) < 4 and cheap.y[0] > 0" }],
            ("y", "dear.y|cheap.y")));

        Assert.Equal([10, 20, 30, 7, 8, 9, 0, 1, 2], Run(session, 1, 2, 3, 7, 8, 9, 0, 1, 2));
    }

    [Fact]
    public void A_step_that_fails_fails_the_run_and_is_named()
    {
        using var session = _folder.Load(Of([_folder.Step("picky", Picky(), ("x", "input.x"))], ("y", "picky.y")));

        var exception = Assert.Throws<ModelRunException>(() => Run(session, 1, 2, 77));

        Assert.StartsWith("Step 'picky' (picky-model version 1): ", exception.Message);
        Assert.False(exception.Stopped);
    }

    [Fact]
    public void A_step_that_may_be_passed_over_is_for_the_rows_alone_that_it_fails_on()
    {
        using var session = _folder.Load(Of([_folder.Step("picky", Picky(), ("x", "input.x")), _folder.Step("safe", Affine(1, 0.5f), ("x", "input.x"))], ("y", "combine.output"))
            with { Combine = new PipelineCombination { Kind = "mean", Of = ["picky.y", "safe.y"] }, OnFailure = Policy("picky", "skip") });

        Assert.Equal([5.75, 11.25, 16.75, 77.5, 2.5, 3.5, 0.25, 5.75, 11.25], Run(session, 1, 2, 3, 77, 2, 3, 0, 1, 2));
    }

    [Fact]
    public void What_is_passed_over_and_cannot_be_done_without_is_told_with_its_reason()
    {
        using var session = _folder.Load(Of([_folder.Step("picky", Picky(), ("x", "input.x"))], ("y", "picky.y")) with { OnFailure = Policy("picky", "skip") });

        var exception = Assert.Throws<ModelRunException>(() => Run(session, 1, 2, 3, 77, 2, 3));

        Assert.StartsWith("Row 1: no step has answered 'y'. Step 'picky' (picky-model version 1) failed: ", exception.Message);
    }

    [Fact]
    public void Default_values_stand_for_rows_that_a_step_fails_on()
    {
        using var session = _folder.Load(Of(
            [
                _folder.Step("picky", Picky(), ("x", "input.x")) with { Defaults = new Dictionary<string, System.Text.Json.JsonElement> { ["y"] = Values("[-1,-2,-3]") } },
                _folder.Step("after", Affine(2, 0), ("x", "picky.y")),
            ], ("y", "after.y")) with { OnFailure = Policy("picky", "default") });

        Assert.Equal([20, 40, 60, -2, -4, -6, 0, 20, 40], Run(session, 1, 2, 3, 77, 2, 3, 0, 1, 2));
        Assert.Equal([-2, -4, -6], Run(session, 77, 77, 77));
    }

    [Fact]
    public void Rows_of_text_are_divided_as_well()
    {
        var texts = new PipelineDocument
        {
            Inputs = [new PipelineTensor { Name = "text", Datatype = "BYTES", Shape = [-1] }],
            Steps = [_folder.Step("lower", TinyModels.LowerCase(), ("x", "input.text")) with { When = "input.text != 'KEEP and BE'" }],
            Outputs = new Dictionary<string, string> { ["text"] = "lower.y|input.text" },
        };
        using var session = _folder.Load(texts);

        var answer = session.Evaluate(new Dictionary<string, Tensor> { ["text"] = Tensor.Strings([3], ["ONE", "KEEP and BE", "Two"]) });

        Assert.Equal(["one", "KEEP and BE", "two"], answer["text"].ToStrings());
    }

    [Fact]
    public void Every_batch_of_rows_is_answered_as_each_row_alone()
    {
        using var session = _folder.Load(Of(
            [
                _folder.Step("router", Largest(), ("x", "input.x")),
                _folder.Step("picky", Picky(), ("x", "input.x")) with { When = "router.class <= 1" },
                _folder.Step("other", Affine(3, 1), ("x", "input.x")) with { When = "router.class >= 1" },
            ], ("y", "combine.output"), ("z", "picky.y|other.y|input.x"))
            with { Combine = new PipelineCombination { Kind = "mean", Of = ["picky.y", "other.y", "input.x"] }, OnFailure = Policy("picky", "skip") });
        var random = new Random(15);
        for (var round = 0; round < 200; round++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Rows(random.Next(0, 6), random.Next(0, 6), random.Next(0, 6))).ToList();
            var together = session.Evaluate(BatchDimension.Join(rows));

            for (var row = 0; row < rows.Count; row++) Assert.True(BatchDimension.RowEquals(together, rows.Count, row, session.Evaluate(rows[row])));
        }
    }

    [Fact]
    public void A_stop_reaches_every_branch_and_they_run_again_afterwards()
    {
        var x = ("x", "input.x");
        using var session = _folder.Load(Of([_folder.Step("a", Affine(1, 0), x), _folder.Step("b", Affine(1, 0), x)], ("a", "a.y"), ("b", "b.y")));
        using var runner = session.CreateRunner();
        var (inputs, outputs) = (runner.CreateInputs(), runner.CreateOutputs());
        Rows(1, 2, 3)["x"].CopyTo(inputs[0]);

        runner.Stop();
        Assert.True(Assert.Throws<ModelRunException>(() => runner.Run(inputs, outputs)).Stopped);
        runner.Resume();
        runner.Run(inputs, outputs);
        Assert.All(outputs, output => Assert.Equal([1, 2, 3], output.AsSpan<float>().ToArray()));
        foreach (var tensor in inputs.Concat(outputs)) tensor.Dispose();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("input.x[2] > 0")]
    public void What_is_not_a_number_between_steps_is_answered_as_it_is_alone(string? when)
    {
        // The runtime answers the largest of numbers with NaN among them by the row's place in the batch.
        var root = new OnnxFile().Input("x", Datatype.FP32, "n", 3).Node("Sqrt", ["x"], ["y"]).Output("y", Datatype.FP32, "n", 3);
        var largest = new OnnxFile().Input("x", Datatype.FP32, "n", 3).Node("ReduceMax", ["x"], ["y"], "", OnnxFile.Integers("axes", 1)).Output("y", Datatype.FP32, "n", 1);
        using var session = _folder.Load(Of([_folder.Step("root", root, ("x", "input.x")), _folder.Step("largest", largest, ("x", "root.y")) with { When = when }], ("y", "largest.y")));
        float[] other = [9, 16, 25], row = [4, -1, 1];
        var alone = Run(session, row)[0];

        Assert.Equal([5, alone, alone, 5, 5, alone, alone], Run(session, [.. other, .. row, .. row, .. other, .. other, .. row, .. row]));
    }

    [Fact]
    public void A_row_without_a_number_meets_no_condition()
    {
        var root = new OnnxFile().Input("x", Datatype.FP32, "n", 3).Node("Sqrt", ["x"], ["y"]).Output("y", Datatype.FP32, "n", 3);
        foreach (var condition in new[] { "root.y[1] != 7", "max(root.y) != 7", "min(root.y) < 7", "argmax(root.y) >= 0" })
        {
            using var session = _folder.Load(Of(
                [_folder.Step("root", root, ("x", "input.x")), _folder.Step("b", Affine(0, 1), ("x", "input.x")) with { When = condition }], ("y", "b.y|input.x")));

            Assert.Equal([4, -1, 1, 1, 1, 1], Run(session, 4, -1, 1, 4, 1, 1));
        }
    }

    [Fact]
    public void Rows_that_are_asked_one_by_one_keep_the_bound_of_the_outputs_together()
    {
        var path = _folder.Save(Of([_folder.Step("picky", Picky(), ("x", "input.x"))], ("y", "picky.y|input.x")) with { OnFailure = Policy("picky", "skip") });
        using var session = ModelFile.Load(path, new SessionSettings { MaxOutputBytes = 30 });

        Assert.Equal([10, 20, 30, 77, 0, 0, 10, 0, 0], Run(session, 1, 2, 3, 77, 0, 0, 1, 0, 0));
        var exception = Assert.Throws<ModelRunException>(() => Run(session, 1, 2, 3, 77, 0, 0, 1, 0, 0, 2, 0, 0));
        Assert.Equal("Step 'picky' (picky-model version 1): The outputs of its rows have more than 30 bytes together.", exception.Message);
    }

    [Fact]
    public void Large_weights_make_no_infinity_of_finite_values()
    {
        using var session = _folder.Load(Of([_folder.Step("a", Affine(1e10f, 0), ("x", "input.x")), _folder.Step("b", Affine(3e10f, 0), ("x", "input.x"))], ("y", "combine.output"))
            with { Combine = new PipelineCombination { Kind = PipelineCombination.Weighted, Of = ["a.y", "b.y"], Weights = [5e307, 5e307] } });

        Assert.Equal([2e10f, 4e10f, 6e10f], Run(session, 1, 2, 3).Select(value => (float)value));
    }

    [Fact]
    public void A_step_that_gives_an_input_with_a_default_another_value_is_not_proved()
    {
        var step = _folder.Step("sum", TinyModels.OptionalInputs(), ("x", "input.x"));
        Assert.Null(ModelFile.Prove(_folder.Save(Of([step], ("y", "sum.y")))).Mixing);

        var given = step with { Inputs = new Dictionary<string, string> { ["x"] = "input.x", ["b"] = "input.x" } };

        Assert.Equal("Step 'sum' (sum-model version 1): The input ('b') has a default, of which alone something is proved",
            ModelFile.Prove(_folder.Save(Of([given], ("y", "sum.y")))).Mixing?.ToString());
    }

    [Fact]
    public void A_part_that_is_missing_is_named()
    {
        var document = Of([_folder.Step("first", Affine(1, 1), ("x", "input.x"))], ("y", "first.y"));
        File.Delete(_folder.PathOf(document.Steps[0].Sha256!));

        Assert.Equal("Step 'first' (first-model version 1): its file is not here.", Assert.Throws<ModelLoadException>(() => _folder.Load(document)).Message);
    }

    [Fact]
    public void The_graphs_of_the_parts_prove_the_whole_and_its_rows_may_share_a_run()
    {
        var document = Of([_folder.Step("a", Affine(1, 1), ("x", "input.x")), _folder.Step("b", Picky(), ("x", "a.y"))], ("y", "b.y"));
        var path = _folder.Save(document);
        using var session = ModelFile.Load(path);

        Assert.Null(ModelFile.Prove(path).Mixing);
        Assert.True(SharingTrial.Decide(session, ModelFile.Prove(path), RowPolicy.Auto, () => [Rows(0, 1, 2), Rows(1, 0, 1)], default).MayShare);

        var mixing = new OnnxFile().Input("x", Datatype.FP32, "n", 3).Node("Softmax", ["x"], ["y"], attributes: OnnxFile.Integer("axis", 0)).Output("y", Datatype.FP32, "n", 3);
        var mixed = ModelFile.Prove(_folder.Save(Of([_folder.Step("soft", mixing, ("x", "input.x"))], ("y", "soft.y")))).Mixing;

        Assert.Equal("Step 'soft' (soft-model version 1): Softmax ('y') is taken over the rows of the batch", mixed?.ToString());
    }

    private PipelineDocument Vote(double[]? weights)
    {
        var least = _folder.Step("negative", Affine(-1, 0), ("x", "input.x"));
        return Of(
        [
            _folder.Step("a", Largest(), ("x", "input.x")), least, _folder.Step("b", Largest(), ("x", "negative.y")),
            _folder.Step("doubled", Affine(2, 0), ("x", "input.x")), _folder.Step("c", Largest(), ("x", "doubled.y")),
        ], ("class", "combine.output")) with { Combine = new PipelineCombination { Kind = "vote", Of = ["a.class", "b.class", "c.class"], Weights = weights } };
    }

    private static Dictionary<string, string> Policy(string step, string policy) => new() { [step] = policy };

    private static double[] Run(ModelSession session, params float[] values) => session.Evaluate(Rows(values)).Values.First().ToDoubles();
}
