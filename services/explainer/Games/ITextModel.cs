namespace Platform.Explainer.Games;

/// <summary>A model seen as a function of many texts at once.</summary>
internal interface ITextModel
{
    /// <summary>Numbers per answer: the selected classes of the selected output.</summary>
    int Outputs { get; }

    /// <summary>Evaluates every text; <paramref name="outputs"/> is row-major [texts, Outputs] and is written completely.</summary>
    void Evaluate(ReadOnlySpan<string> texts, Span<double> outputs, CancellationToken cancellationToken);
}
