namespace Platform.Explainer.Counterfactuals;

/// <summary>A row that is answered as wanted.</summary>
/// <param name="Cells">The row.</param>
/// <param name="Answer">The model's answer to it.</param>
/// <param name="Place">What that is taken for.</param>
/// <param name="Distance">From the row that is explained.</param>
internal sealed record Candidate(double[] Cells, double[] Answer, int Place, double Distance);
