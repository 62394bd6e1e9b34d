using Platform.Explainer.Attribution;
using Platform.Explainer.Games;
using Platform.Explainer.Tests.Attribution;

namespace Platform.Explainer.Tests.Games;

public sealed class TextGameTests
{
    [Theory]
    [InlineData("exact")]
    [InlineData("permutation")]
    public void Words_get_what_they_add(string method)
    {
        var model = new TextFunction(text => (text.Contains("free") ? 2 : 0) + (text.Contains("money") ? 1 : 0) + 0.5);

        var result = Run(method, model, "get free money now");

        Assert.Equal([0, 2, 1, 0], result.Values);
        Assert.Equal([0.5], result.Base);
        Assert.Equal([3.5], result.Prediction);
        Assert.Equal([0], result.Residual);
    }

    [Fact]
    public void A_pair_of_words_that_only_counts_together_is_shared()
    {
        var model = new TextFunction(text => text.Contains("not good") ? 1 : 0);

        Explain.AssertClose([0, 0.5, 0.5], Run("exact", model, "it's not good").Values, 1e-15);
    }

    [Fact]
    public void Chinese_characters_are_players()
    {
        var model = new TextFunction(text => text.Count(character => character == '月'));

        Assert.Equal([0, 0, 0, 1, 0], Run("exact", model, "床前明月光。").Values);
    }

    [Fact]
    public void The_whole_text_and_the_empty_text_are_the_ends()
    {
        var seen = new List<string>();
        var model = new TextFunction(text =>
        {
            seen.Add(text);
            return text.Length;
        });

        Run("exact", model, " a  b ");

        Assert.Equal(["", " a  b ", " a  ", "b "], seen);
    }

    [Fact]
    public void The_empty_text_is_all_base()
    {
        var result = Run("exact", new TextFunction(_ => 3), "");

        Assert.Empty(result.Values);
        Assert.Equal((3.0, 3.0, 0.0), (result.Prediction[0], result.Base[0], result.Residual[0]));
    }

    private static AttributionResult Run(string method, ITextModel model, string text)
    {
        var empty = TextGame.EvaluateEmpty(model, default);
        var prediction = new double[model.Outputs];
        model.Evaluate([text], prediction, default);
        var game = new TextGame(model, text, TextSegments.Split(text, 100), prediction, empty);
        return AttributionMethods.Resolve(method, [game], Explain.Settings()).Explain(game, Explain.Settings(), default);
    }

    private sealed class TextFunction(Func<string, double> function) : ITextModel
    {
        public int Outputs => 1;

        public void Evaluate(ReadOnlySpan<string> texts, Span<double> outputs, CancellationToken cancellationToken)
        {
            for (var i = 0; i < texts.Length; i++)
                outputs[i] = function(texts[i]);
        }
    }
}
