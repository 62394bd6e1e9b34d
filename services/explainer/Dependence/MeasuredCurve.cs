namespace Platform.Explainer.Dependence;

/// <summary>How the answer follows a feature; every table is row-major [points, outputs].</summary>
internal sealed record MeasuredCurve
{
    /// <summary>The mean answer at each point, or the effect of it; null where only single rows are followed.</summary>
    public double[]? Values { get; init; }

    /// <summary>One standard error of each; null where fewer than two rows tell.</summary>
    public double[]? StandardErrors { get; init; }

    /// <summary>A tenth of the rows lies at or below this; null where no spread is measured.</summary>
    public double[]? Low { get; init; }

    /// <summary>A tenth of the rows lies at or above this; null where no spread is measured.</summary>
    public double[]? High { get; init; }

    /// <summary>Single rows; null where none are followed.</summary>
    public IReadOnlyList<RowCurve>? Lines { get; init; }
}
