using System.ComponentModel.DataAnnotations;

namespace Platform.Monitor.Fairness;

/// <summary>When a window's decisions count as unfair; section <c>Monitor:Fairness</c>.</summary>
public sealed class FairnessOptions
{
    /// <summary>
    /// Level of significance of the difference of the groups' rates. Of windows in which the groups are treated alike one in 200 is below
    /// 0.01 with the unprivileged group behind, so that the default rule, two of three, is met about once in 20,000.
    /// </summary>
    [Range(1e-9, 0.5)]
    public double Alpha { get; set; } = 0.01;

    /// <summary>Rows of either group below which nothing is concluded.</summary>
    [Range(2, 1_000_000)]
    public int MinRows { get; set; } = 30;
}
