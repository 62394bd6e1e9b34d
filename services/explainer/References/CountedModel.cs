using Platform.Explainer.Games;

namespace Platform.Explainer.References;

/// <summary>A model that counts the rows it answers.</summary>
internal sealed class CountedModel(IBatchModel model, WorkCount work) : IBatchModel
{
    public int Features => model.Features;

    public int Outputs => model.Outputs;

    public void Evaluate(ReadOnlySpan<double> rows, int count, Span<double> outputs, CancellationToken cancellationToken)
    {
        model.Evaluate(rows, count, outputs, cancellationToken);
        work.Add(count);
    }
}
