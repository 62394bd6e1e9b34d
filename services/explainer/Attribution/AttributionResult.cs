namespace Platform.Explainer.Attribution;

/// <summary>
/// How much each feature of one instance contributed to each output:
/// Base[o] + Σ_i Values[i, o] + Residual[o] = Prediction[o].
/// </summary>
internal sealed record AttributionResult
{
    /// <summary>f(x), one value per output.</summary>
    public required double[] Prediction { get; init; }

    /// <summary>Mean of f over the background, one value per output.</summary>
    public required double[] Base { get; init; }

    /// <summary>Row-major [features, outputs], in the output's own unit.</summary>
    public required double[] Values { get; init; }

    /// <summary>One standard error of each value, same shape; null where the method is exact or one sample is all there is.</summary>
    public double[]? StandardErrors { get; init; }

    /// <summary>What the sum fails to explain, one value per output: rounding only, for the methods that are additive.</summary>
    public required double[] Residual { get; init; }

    /// <summary>How well the values fit nearby; null where nothing was fitted.</summary>
    public SurrogateFit? Fit { get; init; }

    /// <summary>Rows that the model answered for this instance, the shared background not counted.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Whether every number is finite; a model that answers NaN or infinity cannot be explained.</summary>
    public bool IsFinite => Array.TrueForAll(Prediction, double.IsFinite) && Array.TrueForAll(Base, double.IsFinite)
        && Array.TrueForAll(Values, double.IsFinite);
}
