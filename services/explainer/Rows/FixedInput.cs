namespace Platform.Explainer.Rows;

/// <summary>A given optional input, which is no part of the rows: every run has it as it is.</summary>
/// <param name="Block">Its name, datatype and whole shape.</param>
/// <param name="Cells">Its elements, row-major.</param>
internal sealed record FixedInput(InputBlock Block, double[] Cells);
