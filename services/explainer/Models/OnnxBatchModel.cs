using Platform.Explainer.Games;
using Platform.Explainer.Rows;

namespace Platform.Explainer.Models;

/// <summary>A loaded ONNX model as a function of rows.</summary>
/// <param name="call">Runs the model.</param>
/// <param name="features">Cells per row.</param>
/// <param name="vocabulary">The strings behind the cells of BYTES inputs.</param>
/// <param name="width">Numbers that the output has per row.</param>
/// <param name="columns">Which of them are explained.</param>
internal sealed class OnnxBatchModel(ModelCall call, int features, CellVocabulary vocabulary, int width, int[] columns) : IBatchModel
{
    public int Features => features;

    public int Outputs => columns.Length;

    public void Evaluate(ReadOnlySpan<double> rows, int count, Span<double> outputs, CancellationToken cancellationToken)
    {
        int step;
        for (var start = 0; start < count; start += step)
        {
            step = call.RowsInNextRun(rows[(start * features)..(count * features)], count - start);
            var found = call.Run(rows.Slice(start * features, step * features), step, vocabulary, cancellationToken);
            OutputShapeException.ThrowIfChanged(width, found);
            call.Read(width, columns, outputs.Slice(start * Outputs, step * Outputs));
        }
    }
}
