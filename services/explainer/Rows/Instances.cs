namespace Platform.Explainer.Rows;

/// <summary>The rows to explain.</summary>
/// <param name="Layout">How the model's inputs lie in a row.</param>
/// <param name="Count">Number of rows, at least 1.</param>
/// <param name="Cells">Row-major [Count, Layout.Features].</param>
/// <param name="Vocabulary">The strings behind the cells of BYTES inputs.</param>
internal sealed record Instances(RowLayout Layout, int Count, double[] Cells, CellVocabulary Vocabulary)
{
    /// <summary>The optional inputs that were given.</summary>
    public IReadOnlyList<FixedInput> Fixed { get; init; } = [];

    public double[] Row(int index) => Cells.AsSpan(index * Layout.Features, Layout.Features).ToArray();
}
