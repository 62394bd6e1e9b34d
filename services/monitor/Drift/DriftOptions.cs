using System.ComponentModel.DataAnnotations;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Drift;

/// <summary>How windows are judged; section <c>Monitor:Drift</c>.</summary>
public sealed class DriftOptions : IValidatableObject
{
    /// <summary>
    /// Level of significance of a whole window. A model has thousands of windows a day, so the usual 0.05 would raise false
    /// alarms all day long.
    /// </summary>
    [Range(1e-9, 0.5)]
    public double Alpha { get; set; } = 0.001;

    /// <summary>Correction for the number of features: none, bonferroni or bh.</summary>
    public string Correction { get; set; } = Statistics.Samples.Correction.BenjaminiHochberg;

    /// <summary>
    /// The least effect size that is drift, however small the p-value: the largest gap between the distribution functions (0 to 1), or
    /// Cramér's V of the categories, less what chance adds (0 to 1). 0 leaves the decision to the p-value.
    /// </summary>
    [Range(0.0, 1.0)]
    public double MinEffect { get; set; } = DriftSettings.DefaultMinEffect;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Statistics.Samples.Correction.All.Contains(Correction))
            yield return new($"Must be one of {string.Join(", ", Statistics.Samples.Correction.All)}.", [nameof(Correction)]);
    }

    internal DriftSettings ToSettings() => new()
    {
        Companions = ["ks", "chi_square", "psi", "js"],
        Alpha = Alpha,
        Correction = Correction,
        MinEffect = MinEffect,
    };
}
