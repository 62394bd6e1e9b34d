using Platform.Explainer.Explanations;
using Platform.Explainer.Games;
using Platform.Explainer.Models;
using Platform.Explainer.Rows;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Computing;

/// <summary>Sets up the games of tabular rows: predictions and background are evaluated here, once for all rows.</summary>
internal static class TabularGames
{
    public static Result<BegunGames> Begin(Question question, ReferenceRows reference, CancellationToken cancellationToken)
    {
        var (call, instances, request) = (question.Call, question.Instances, question.Request);
        var chosen = request.Background is { } given
            ? BackgroundReader.FromRequest(given, instances.Layout, instances.Vocabulary)
            : BackgroundReader.FromReference(reference, instances.Layout, instances.Vocabulary, question.Seed, request.Budget);
        if (!chosen.Succeeded(out var background, out var error))
            return error;

        var width = call.Run(instances.Row(0), 1, instances.Vocabulary, cancellationToken);
        var selection = OutputSelection.Of(question.Output, width, question.Version.Metadata, request.Classes);
        return selection.Succeeded(out var outputs, out error) ? Begin(question, background, width, outputs, cancellationToken) : error;
    }

    private static BegunGames Begin(
        Question question, Background background, int width, OutputSelection outputs, CancellationToken cancellationToken)
    {
        var (call, instances) = (question.Call, question.Instances);
        var model = new OnnxBatchModel(call, instances.Layout.Features, instances.Vocabulary, width, outputs.Columns);
        var predictions = new double[instances.Count * outputs.Columns.Length];
        model.Evaluate(instances.Cells, instances.Count, predictions, cancellationToken);
        var evaluated = TabularBackground.Evaluate(model, background.Cells, cancellationToken);
        var names = FeatureNames.For(instances.Layout, question.Version.Metadata);
        var structure = OutputStructure.Of(question.Structure, question.Output, outputs.Columns);
        return new BegunGames(
            [.. predictions.Chunk(outputs.Columns.Length).Select((prediction, row) =>
                new TabularGame(model, instances.Row(row), prediction, evaluated) { Structure = structure })],
            [.. Enumerable.Repeat(names, instances.Count)],
            outputs.Names,
            new BackgroundDescription { Source = background.Source, Rows = evaluated.Outputs.Rows },
            IsText: false);
    }
}
