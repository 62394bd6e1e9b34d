using System.ComponentModel.DataAnnotations;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Fairness;

/// <summary>When a window's decisions count as unfair; section <c>Monitor:Fairness</c>.</summary>
public sealed class FairnessOptions : IValidatableObject
{
    /// <summary>
    /// Level of significance of the difference of the groups' rates. Of windows in which the groups are treated alike about so many have an unfair
    /// group, and three times its square meet the default rule, two of three. Where only a privileged and an unprivileged group are
    /// compared it is half as many windows: one in 200 at 0.01, and about one in 13,000.
    /// </summary>
    [Range(1e-9, 0.5)]
    public double Alpha { get; set; } = 0.01;

    /// <summary>Rows of a group below which it is not judged, unless the version's metadata say <c>minSupport</c>.</summary>
    [Range(2, 1_000_000)]
    public int MinRows { get; set; } = 30;

    /// <summary>
    /// How comparing several groups in a window is allowed for, unless the version's metadata say <c>correction</c>: <c>holm</c> (the chance of
    /// any false verdict stays below alpha) or <c>bh</c> (the average share of false ones among all significant comparisons does; where the
    /// reference group is the best-off one those are all pairs, and the share among the pairs with it, which are shown, may be larger).
    /// </summary>
    public string Correction { get; set; } = Statistics.Samples.Correction.Holm;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!FairnessPlan.Corrections.Contains(Correction))
            yield return new($"Must be one of {string.Join(", ", FairnessPlan.Corrections)}.", [nameof(Correction)]);
    }
}
