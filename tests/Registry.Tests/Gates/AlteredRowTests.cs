using Platform.Onnx.Tensors;
using Platform.TestModels;

namespace Platform.Registry.Tests.Gates;

public sealed class AlteredRowTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    [Theory]
    [InlineData("score", "increasing", "yes", 1.0)]
    [InlineData("score", "decreasing", "yes", 0.0)]
    [InlineData("group", "decreasing", "yes", 1.0)]
    [InlineData("group", "increasing", "no", 1.0)]
    public async Task An_answer_goes_the_way_that_is_expected_of_it_or_stays(string feature, string direction, string output, double share)
    {
        var model = await registry.RegisterAsync(new { expectedSigns = new[] { new { feature, direction, output, atLeast = 0 } } });
        await registry.UploadAsync(model, Scored.Version(60, wrong: 5));

        var gate = (await registry.PromoteAsync(model, "1")).Gate("expected_signs");

        Assert.Equal((share, feature, 60), ((double)gate["measured"]!, (string)gate["metric"]!, (int)gate["evidence"]!["rows"]!));
    }

    [Theory]
    [InlineData("score", "yes", "decreasing", "With the feature 'score' the answer is decreasing in 0 of 60 rows; the share must be at least 1.")]
    [InlineData("age", "yes", "increasing", "there is no feature 'age'")]
    [InlineData("score", "maybe", "increasing", "it gives no score of 'maybe'")]
    public async Task A_sign_that_is_not_seen_or_cannot_be_refuses(string feature, string output, string direction, string expected)
    {
        var model = await registry.RegisterAsync(new { expectedSigns = new[] { new { feature, direction, output } } });
        await registry.UploadAsync(model, Scored.Version(60, wrong: 5));

        Assert.Contains(expected, (string)(await registry.RefusedAsync(model, "1")).Gate("expected_signs")["detail"]!);
    }

    [Fact]
    public async Task Answers_that_small_disturbances_turn_are_counted()
    {
        var model = await registry.RegisterAsync(new { robustness = new { perturbedAtLeast = 0.95, noise = 0.05 } });
        await registry.UploadAsync(model, Scored.Version(60, wrong: 5));
        await registry.UploadAsync(model, Scored.Version(60, wrong: 5, threshold: 0.9));

        var steady = (await registry.PromoteAsync(model, "1")).Gate("robustness");
        var unsteady = (await registry.RefusedAsync(model, "2")).Gate("robustness");

        // The scores are 0.1 and 0.9: half of them lie on the second version's threshold.
        Assert.Equal(("perturbed", 1.0), ((string)steady["metric"]!, (double)steady["measured"]!));
        Assert.InRange((double)unsteady["measured"]!, 0.55, 0.95);
    }

    [Fact]
    public async Task A_model_that_cannot_do_without_a_value_is_refused_and_one_that_can_is_measured()
    {
        var model = await registry.RegisterAsync(new { robustness = new { missingAtLeast = 0.5 } });
        await registry.UploadAsync(model, Scored.Version(60, wrong: 0));
        var forgiving = new OnnxFile().Input("x", Datatype.FP32, "n", 2).Node("IsNaN", ["x"], ["missing"])
            .Node("Cast", ["missing"], ["y"], "", OnnxFile.Integer("to", 1)).Output("y", Datatype.FP32, "n", 2);
        await registry.UploadAsync(model, Scored.Version(60, wrong: 0) with { Model = forgiving.ToArray() });

        var refused = (await registry.RefusedAsync(model, "1")).Gate("robustness");
        var measured = (await registry.PromoteAsync(model, "2")).Gate("robustness");

        Assert.Contains("it does not answer such rows: Row 2: the output 'y' holds NaN", (string)refused["detail"]!);
        // It says yes where the score is missing, which is so in every second row.
        Assert.Equal((0.5, 30), ((double)measured["measured"]!, (int)measured["evidence"]!["stayed"]!));
    }

    [Fact]
    public async Task Rows_that_lack_a_whole_number_are_left_out()
    {
        var model = await registry.RegisterAsync(new
        {
            expectedSigns = new[] { new { feature = "score", direction = "increasing", output = "yes" } },
            robustness = new { perturbedAtLeast = 0.9, noise = 0.01 },
        });
        var counting = new OnnxFile().Input("x", Datatype.FP32, "n", 2).Input("k", Datatype.Int64, "n", 1)
            .Node("Identity", ["x"], ["y"]).Node("Identity", ["k"], ["counted"]).Output("y", Datatype.FP32, "n", 2).Output("counted", Datatype.Int64, "n", 1);
        var version = Scored.Version(60, wrong: 5);
        await registry.UploadAsync(model, version with
        {
            Model = counting.ToArray(),
            Metadata = version.Metadata!.Replace("}]", """},{"name":"count","kind":"numerical","input":"k"}],"output":"y" """, StringComparison.Ordinal),
            Reference = string.Join('\n', Scored.Table(60, wrong: 5).TrimEnd().Split('\n').Select((line, at) => at == 0 ? $"{line},count" : at % 6 == 0 ? $"{line}," : $"{line},{at}")),
        });

        var promoted = await registry.PromoteAsync(model, "1");

        Assert.Equal((1.0, 50), ((double)promoted.Gate("expected_signs")["measured"]!, (int)promoted.Gate("expected_signs")["evidence"]!["rows"]!));
        Assert.Equal(1.0, (double)promoted.Gate("robustness")["measured"]!);
    }
}
