using Platform.Explainer.Games;

namespace Platform.Explainer.Models;

/// <summary>A loaded ONNX model as a function of texts.</summary>
/// <param name="call">Runs the model, whose rows are single strings.</param>
/// <param name="width">Numbers that the output has per text.</param>
/// <param name="columns">Which of them are explained.</param>
internal sealed class OnnxTextModel(ModelCall call, int width, int[] columns) : ITextModel
{
    public int Outputs => columns.Length;

    public void Evaluate(ReadOnlySpan<string> texts, Span<double> outputs, CancellationToken cancellationToken)
    {
        var step = call.TextsInNextRun(texts.Length);
        for (var start = 0; start < texts.Length; start += step)
        {
            var found = call.Run(texts.Slice(start, step), cancellationToken);
            OutputShapeException.ThrowIfChanged(width, found);
            call.Read(width, columns, outputs.Slice(start * Outputs, step * Outputs));
        }
    }
}
