namespace Platform.Explainer.Games;

/// <summary>A model seen as a function of many numeric rows at once; all that the attribution methods know of a tabular model.</summary>
internal interface IBatchModel
{
    /// <summary>Cells per row.</summary>
    int Features { get; }

    /// <summary>Numbers per answer: the selected classes of the selected output.</summary>
    int Outputs { get; }

    /// <summary>
    /// Evaluates <paramref name="count"/> rows. Equal rows must get equal answers to the last bit, wherever in the batch they stand.
    /// </summary>
    /// <param name="rows">Row-major [count, Features].</param>
    /// <param name="count">Rows to evaluate, at least 1.</param>
    /// <param name="outputs">Row-major [count, Outputs], written completely.</param>
    /// <param name="cancellationToken">Checked between runs of the model.</param>
    void Evaluate(ReadOnlySpan<double> rows, int count, Span<double> outputs, CancellationToken cancellationToken);
}
