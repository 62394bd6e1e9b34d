using System.Text.Json;
using Platform.Onnx.Pipelines;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Tests.Pipelines;

public sealed class PipelineRulesTests
{
    private const string Good = """
        {"kind":"pipeline","inputs":[{"name":"x","datatype":"FP32","shape":[-1,3]}],
         "steps":[{"name":"a","model":"m","version":"1","inputs":{"x":"input.x"}},{"name":"b","model":"m","version":"1","inputs":{"x":"a.y"}}],
         "outputs":{"y":"b.y"}}
        """;

    // Every version takes x, three numbers, and perhaps some more, and gives y, three numbers, class and text.
    private static readonly ModelSignature Signature = new(
        [new TensorSpec("x", Datatype.FP32, [-1, 3], ["", ""])],
        [new TensorSpec("y", Datatype.FP32, [-1, 3], ["", ""]), new TensorSpec("class", Datatype.Int64, [-1], [""]), new TensorSpec("text", Datatype.Bytes, [-1], [""]),
         new TensorSpec("whole", Datatype.FP32, [7], [""])])
    {
        OptionalInputs = [new TensorSpec("more", Datatype.FP32, [-1, 3], ["", ""])],
    };

    [Fact]
    public void A_sound_pipeline_has_no_problem() => Assert.Empty(Check(Good));

    [Theory]
    [InlineData("inputs[0].datatype", "must be one of", "\"FP32\"", "\"FP33\"")]
    [InlineData("inputs[0].shape", "must be 1 to 8 sizes", "[-1,3]", "[-2,3]")]
    [InlineData("steps", "'a' is there more than once.", "\"name\":\"b\"", "\"name\":\"a\"")]
    [InlineData("steps[1].name", "other than 'input' and 'combine'", "\"name\":\"b\"", "\"name\":\"input\"")]
    [InlineData("steps[1].version", "must be a version's number or an alias", "\"b\",\"model\":\"m\",\"version\":\"1\"", "\"b\",\"model\":\"m\",\"version\":\"\"")]
    [InlineData("steps[0].inputs.x", "the pipeline has no input 'z'; it has 'x'.", "input.x", "input.z")]
    [InlineData("steps[0].inputs.x", "must be input.name or step.output", "input.x", "inputx")]
    [InlineData("steps[1].inputs.x", "there is no step 'z'; the steps are 'a', 'b'.", "a.y", "z.y")]
    [InlineData("steps[1].inputs.x", "m version 1 has no output 'z'; it has 'y', 'class', 'text', 'whole'.", "a.y", "a.z")]
    [InlineData("steps[1].inputs.x", "'a.class' is INT64, but the input takes FP32.", "a.y", "a.class")]
    [InlineData("steps[1].inputs.x", "'a.whole' has the shape [7], but the input takes [-1,3].", "a.y", "a.whole")]
    [InlineData("steps[0].inputs.x", "'input.x' has the shape [-1,4], but the input takes [-1,3].", "[-1,3]", "[-1,4]")]
    [InlineData("steps[1].inputs", "m version 1 has no input 'z'; it has 'x', 'more'.", "{\"x\":\"a.y\"}", "{\"x\":\"a.y\",\"z\":\"a.y\"}")]
    [InlineData("steps[1].inputs", "'x' is missing: m version 1 needs it.", "{\"x\":\"a.y\"}", "{\"more\":\"a.y\"}")]
    [InlineData("steps[0]", "waits for itself: steps must not form a circle.", "input.x", "b.y")]
    [InlineData("steps[1]", "is used by nothing.", "b.y", "a.y")]
    [InlineData("outputs.y", "there is no step 'c'; the steps are 'a', 'b'.", "b.y", "c.y")]
    [InlineData("outputs.y", "takes what is combined, but there is no 'combine'.", "b.y", "combine.output")]
    [InlineData("outputs.y", "'b.y' is FP32, but 'a.class' is INT64.", "b.y", "b.y|a.class")]
    [InlineData("steps[1].when", "is no condition", "\"b\",", "\"b\",\"when\":\"a.class is 1\",")]
    [InlineData("steps[1].when", "'a.y' has 3 values in a row; say which, as in a.y[0], or max(a.y).", "\"b\",", "\"b\",\"when\":\"a.y = 1\",")]
    [InlineData("steps[1].when", "'a.y' has 3 values in a row, counted from 0.", "\"b\",", "\"b\",\"when\":\"a.y[3] = 1\",")]
    [InlineData("steps[1].when", "'a.text' holds text, so it is compared with a 'text' in quotes.", "\"b\",", "\"b\",\"when\":\"a.text = 1\",")]
    [InlineData("steps[1].when", "'a.class' holds numbers, not text.", "\"b\",", "\"b\",\"when\":\"a.class = '1'\",")]
    [InlineData("steps[1].when", "'a.whole' has no rows to choose by", "\"b\",", "\"b\",\"when\":\"max(a.whole) > 1\",")]
    [InlineData("steps[1].defaults", "are for a step with the policy 'default' in onFailure.", "\"b\",", "\"b\",\"defaults\":{\"y\":[1,2,3]},")]
    [InlineData("onFailure.c", "is no step.", "\"outputs\"", "\"onFailure\":{\"c\":\"skip\"},\"outputs\"")]
    [InlineData("onFailure.b", "must be one of fail, skip, default.", "\"outputs\"", "\"onFailure\":{\"b\":\"retry\"},\"outputs\"")]
    [InlineData("steps[1].defaults", "'y' is missing: the policy 'default' needs its values.", "\"outputs\"", "\"onFailure\":{\"b\":\"default\"},\"outputs\"")]
    [InlineData("combine", "is used by nothing", "\"outputs\"", "\"combine\":{\"kind\":\"mean\",\"of\":[\"a.y\",\"b.y\"]},\"outputs\"")]
    [InlineData("combine.kind", "must be one of mean, weighted, vote.", "\"outputs\"", "\"combine\":{\"kind\":\"sum\",\"of\":[\"a.y\",\"b.y\"]},\"outputs\"")]
    [InlineData("combine.of[1]", "'b.class' is INT64: a mean is taken of FP32 or FP64.", "\"outputs\"", "\"combine\":{\"kind\":\"mean\",\"of\":[\"a.y\",\"b.class\"]},\"outputs\"")]
    [InlineData("combine.of[0]", "only classes, whole numbers or text, are voted on.", "\"outputs\"", "\"combine\":{\"kind\":\"vote\",\"of\":[\"a.y\",\"b.y\"]},\"outputs\"")]
    [InlineData("combine.weights", "are needed for the kind 'weighted'.", "\"outputs\"", "\"combine\":{\"kind\":\"weighted\",\"of\":[\"a.y\",\"b.y\"]},\"outputs\"")]
    [InlineData("combine.weights", "must be finite, not negative and not all 0.", "\"outputs\"", "\"combine\":{\"kind\":\"weighted\",\"of\":[\"a.y\",\"b.y\"],\"weights\":[1,-1]},\"outputs\"")]
    public void What_is_wrong_is_named_with_its_place(string field, string reason, string find, string replacement)
    {
        var problems = Check(Good.Replace(find, replacement, StringComparison.Ordinal));

        Assert.Contains(problems, problem => problem.Field == field && problem.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Defaults_are_the_values_of_a_row()
    {
        var document = Good.Replace("\"outputs\"", "\"onFailure\":{\"b\":\"default\"},\"outputs\"", StringComparison.Ordinal);

        Assert.Empty(Check(document.Replace("\"b\",", "\"b\",\"defaults\":{\"y\":[1,2,3]},", StringComparison.Ordinal)));
        Assert.Equal("steps[1].defaults.y", Check(document.Replace("\"b\",", "\"b\",\"defaults\":{\"y\":[1,2]},", StringComparison.Ordinal)).Single().Field);
        Assert.Equal("steps[1].defaults.y", Check(document.Replace("\"b\",", "\"b\",\"defaults\":{\"y\":[1,2,\"3\"]},", StringComparison.Ordinal)).Single().Field);
    }

    [Theory]
    [InlineData("FP32", "1e300", false)]
    [InlineData("FP32", "0.1", true)]
    [InlineData("FP16", "70000", false)]
    [InlineData("BF16", "3.4e38", false)]
    [InlineData("INT8", "0.5", false)]
    [InlineData("INT8", "300", false)]
    [InlineData("INT8", "-128", true)]
    [InlineData("INT64", "9223372036854775808", false)]
    [InlineData("UINT64", "-1", false)]
    [InlineData("BOOL", "2", false)]
    [InlineData("BOOL", "true", true)]
    public void Defaults_are_numbers_that_the_output_can_have(string datatype, string value, bool holds)
    {
        Assert.True(Datatypes.TryParse(datatype, out var known));

        Assert.Equal(holds, DefaultRow.Of(new TensorSpec("y", known, [-1], [""]), JsonElement.Parse(value)) is not null);
    }

    [Fact]
    public void What_there_is_too_much_of_is_named_once_and_not_looked_at()
    {
        var document = Read(Good);
        var many = Enumerable.Range(0, 1000).ToList();

        Assert.Equal(["inputs", "steps"], PipelineForm.Check(document with
        {
            Inputs = [.. many.Select(_ => new PipelineTensor())], Steps = [.. many.Select(_ => new PipelineStep())],
        }).Select(problem => problem.Field));
        Assert.Equal(["steps[0].inputs", "outputs", "combine.of", "onFailure"], PipelineForm.Check(document with
        {
            Steps = [document.Steps[0] with { Inputs = many.ToDictionary(at => $"x{at}", _ => "") }, document.Steps[1]],
            Outputs = many.ToDictionary(at => $"y{at}", _ => ""),
            Combine = new PipelineCombination { Of = [.. many.Select(_ => "a.y")] },
            OnFailure = many.ToDictionary(at => $"s{at}", _ => ""),
        }).Select(problem => problem.Field));
        Assert.Contains("at most 32", Check(Good.Replace("b.y", string.Join('|', many.Select(_ => "b.y")), StringComparison.Ordinal))
            .First(problem => problem.Field == "outputs.y").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_than_a_hundred_problems_are_told()
    {
        var document = Read(Good);
        var wrong = Enumerable.Range(0, 32).ToDictionary(at => $"x{at}", _ => string.Join('|', Enumerable.Repeat("a.z", 32)));

        Assert.Equal(100, PipelineRules.Check(document with { Steps = [document.Steps[0] with { Inputs = wrong }, document.Steps[1]] }, [Signature, Signature]).Count);
    }

    [Fact]
    public void Where_rows_are_divided_there_must_be_rows()
    {
        var problem = Check(Good.Replace("b.y\"}", "b.y\",\"w\":\"a.whole\"}", StringComparison.Ordinal).Replace("\"b\",", "\"b\",\"when\":\"a.class = 1\",", StringComparison.Ordinal)).Single();

        Assert.Equal(("steps[0]", "'whole' must have a free first dimension: the pipeline divides the rows of a request."), (problem.Field, problem.Reason));
    }

    [Fact]
    public void There_are_not_too_many_steps()
    {
        var document = Read(Good);
        var steps = Enumerable.Range(0, PipelineForm.MaxSteps + 1).Select(i => document.Steps[0] with { Name = $"s{i}" });

        Assert.Equal("steps", PipelineForm.Check(document with { Steps = [.. steps] }).Single().Field);
    }

    private static IReadOnlyList<PipelineProblem> Check(string json)
    {
        var document = Read(json);
        return PipelineForm.Check(document) is { Count: > 0 } problems ? problems : PipelineRules.Check(document, [.. document.Steps.Select(_ => Signature)]);
    }

    private static PipelineDocument Read(string json) => JsonSerializer.Deserialize<PipelineDocument>(json, JsonSerializerOptions.Web)!;
}
