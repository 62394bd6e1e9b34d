namespace Platform.Explainer.Importance;

/// <summary>Rows or numbers that are measured together.</summary>
/// <param name="Label">The class or output; null for everything.</param>
/// <param name="Baseline">The metric with every feature as it is; null where no metric is measured, or no row tells.</param>
/// <param name="Rows">Rows that tell of it.</param>
internal sealed record ImportanceGroup(string? Label, double? Baseline, int Rows);
