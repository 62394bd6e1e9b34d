namespace Platform.Explainer.Dependence;

/// <summary>One row with every value of a feature.</summary>
/// <param name="Row">The row as it is.</param>
/// <param name="Values">Row-major [points, outputs].</param>
internal sealed record RowCurve(double[] Row, double[] Values);
