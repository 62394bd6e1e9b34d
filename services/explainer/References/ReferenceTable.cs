using Platform.Contracts.Registry;
using Platform.Explainer.Games;
using Platform.Explainer.Rows;

namespace Platform.Explainer.References;

/// <summary>Some of a version's reference rows, and the model that answers them: what every global explanation is measured on.</summary>
internal sealed record ReferenceTable
{
    /// <summary>The version.</summary>
    public required ModelVersionDescription Version { get; init; }

    /// <summary>Answers the numbers that are explained.</summary>
    public required IBatchModel Model { get; init; }

    /// <summary>Answers every number of the output.</summary>
    public required IBatchModel Whole { get; init; }

    /// <summary>Which of the output's numbers are explained.</summary>
    public required int[] Columns { get; init; }

    /// <summary>A name for each of them.</summary>
    public required IReadOnlyList<string> OutputNames { get; init; }

    /// <summary>The output tensor.</summary>
    public required TensorSignature Output { get; init; }

    /// <summary>What the model's graph says of it; null where that was not looked at.</summary>
    public OutputStructure? Structure { get; init; }

    /// <summary>The rows, each with a cell for each feature.</summary>
    public required IReadOnlyList<double[]> Rows { get; init; }

    /// <summary>As many: what is known to be true; null where nothing is.</summary>
    public required IReadOnlyList<string?> Labels { get; init; }

    /// <summary>A name for each cell.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>How the cells lie in the model's inputs.</summary>
    public required RowLayout Layout { get; init; }

    /// <summary>The strings behind the cells of BYTES inputs.</summary>
    public required CellVocabulary Vocabulary { get; init; }

    /// <summary>The caller's row; null where there is none.</summary>
    public double[]? Row { get; init; }

    /// <summary>How far the work is.</summary>
    public required WorkCount Work { get; init; }

    /// <summary>What a model answers to rows, row-major [rows, model.Outputs], in runs of bounded size.</summary>
    public static double[] Answer(IBatchModel model, IReadOnlyList<double[]> rows, CancellationToken cancellationToken)
    {
        var answers = new double[(long)rows.Count * model.Outputs];
        var chunk = TabularGame.RowsPerChunk(model.Features);
        var buffer = new double[Math.Min(chunk, rows.Count) * model.Features];
        for (var start = 0; start < rows.Count; start += chunk)
        {
            var take = Math.Min(chunk, rows.Count - start);
            for (var row = 0; row < take; row++) rows[start + row].CopyTo(buffer, row * model.Features);
            model.Evaluate(buffer.AsSpan(0, take * model.Features), take, answers.AsSpan(start * model.Outputs, take * model.Outputs), cancellationToken);
        }

        return answers;
    }
}
