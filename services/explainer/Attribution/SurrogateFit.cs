namespace Platform.Explainer.Attribution;

/// <summary>How well a straight-line surrogate stands for the model near an instance.</summary>
/// <param name="RSquared">Weighted R² on the rows that it was fitted to, one per output; 1 where the model's answers do not vary.</param>
/// <param name="KernelWidth">The width of the kernel that weighs the rows by how near they are.</param>
internal sealed record SurrogateFit(double[] RSquared, double KernelWidth);
