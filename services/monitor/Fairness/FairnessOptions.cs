using System.ComponentModel.DataAnnotations;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Fairness;

/// <summary>When a window's decisions count as unfair; section <c>Monitor:Fairness</c>.</summary>
public sealed class FairnessOptions : IValidatableObject
{
    /// <summary>
    /// Level of significance of the difference of the groups' rates. Of windows in which the groups are treated alike one in 200 is below
    /// 0.01 with the unprivileged group behind, so that the default rule, two of three, is met about once in 20,000.
    /// </summary>
    [Range(1e-9, 0.5)]
    public double Alpha { get; set; } = 0.01;

    /// <summary>Rows of a group below which it is not judged, unless the version's metadata say <c>minSupport</c>.</summary>
    [Range(2, 1_000_000)]
    public int MinRows { get; set; } = 30;

    /// <summary>
    /// How comparing several groups in a window is allowed for, unless the version's metadata say <c>correction</c>: <c>holm</c> (the chance of
    /// any false verdict stays below alpha) or <c>bh</c> (the share of false ones among the verdicts does).
    /// </summary>
    public string Correction { get; set; } = Statistics.Samples.Correction.Holm;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!FairnessPlan.Corrections.Contains(Correction))
            yield return new($"Must be one of {string.Join(", ", FairnessPlan.Corrections)}.", [nameof(Correction)]);
    }
}
