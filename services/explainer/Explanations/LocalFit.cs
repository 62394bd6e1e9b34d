namespace Platform.Explainer.Explanations;

/// <summary>The straight-line model that LIME fits near a row.</summary>
/// <param name="RSquared">For each output, the weighted share of the answers' variance near the row that the line explains; 1 where they do not vary.</param>
/// <param name="KernelWidth">
/// How near is near: a neighbour that keeps the share k of the features weighs exp(−((1 − √k) / width)²).
/// </param>
internal sealed record LocalFit(IReadOnlyList<double> RSquared, double KernelWidth);
