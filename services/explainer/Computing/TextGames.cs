using Platform.Explainer.Explanations;
using Platform.Explainer.Games;
using Platform.Explainer.Models;
using Platform.Explainer.Rows;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Computing;

/// <summary>Sets up the games of texts, whose words are the players and whose background is the empty text.</summary>
internal static class TextGames
{
    /// <summary>The longest text, in UTF-16 code units.</summary>
    public const int MaximumLength = 200_000;

    public static Result<BegunGames> Begin(Question question, int maximumSegments, CancellationToken cancellationToken)
    {
        if (question.Request.Background is not null)
            return RowErrors.BackgroundInvalid("A text is compared with itself with every word left out; it takes no background.");
        var texts = Array.ConvertAll(question.Instances.Cells, question.Instances.Vocabulary.Text);
        if (Array.Exists(texts, text => text.Length > MaximumLength))
            return RowErrors.Unsupported($"Texts of more than {MaximumLength} characters cannot be explained.");

        var width = question.Call.Run(texts.AsSpan(0, 1), cancellationToken);
        var selection = OutputSelection.Of(question.Output, width, question.Version.Metadata, question.Request.Classes);
        return selection.Succeeded(out var outputs, out var error)
            ? Begin(question.Call, texts, width, outputs, maximumSegments, cancellationToken)
            : error;
    }

    private static BegunGames Begin(
        ModelCall call, string[] texts, int width, OutputSelection outputs, int maximumSegments, CancellationToken cancellationToken)
    {
        var model = new OnnxTextModel(call, width, outputs.Columns);
        var answers = new double[texts.Length * outputs.Columns.Length];
        model.Evaluate(texts, answers, cancellationToken);
        var predictions = answers.Chunk(outputs.Columns.Length);
        var empty = TextGame.EvaluateEmpty(model, cancellationToken);
        var segments = Array.ConvertAll(texts, text => TextSegments.Split(text, maximumSegments));
        return new BegunGames(
            [.. predictions.Select((prediction, row) => new TextGame(model, texts[row], segments[row], prediction, empty))],
            [.. texts.Select((text, row) => segments[row].Select(segment => segment.Label(text)).ToList())],
            outputs.Names,
            new BackgroundDescription { Source = Background.MaskedText, Rows = empty.Rows },
            IsText: true);
    }
}
