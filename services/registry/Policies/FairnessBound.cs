using System.ComponentModel.DataAnnotations;
using Platform.Registry.Requests;
using Platform.Statistics.Metrics;

namespace Platform.Registry.Policies;

/// <summary>
/// A version's decisions must not put the unprivileged group of its metadata at a disadvantage by more than chance: a disparate impact below the
/// bound with a p-value below alpha fails.
/// </summary>
internal sealed record FairnessBound
{
    /// <summary>Bound of the unprivileged group's rate of favourable decisions over the privileged one's; at least four fifths when absent.</summary>
    public MetricBound DisparateImpact { get; init; } = new() { AtLeast = GroupFairness.FourFifths };

    /// <summary>Level of significance of the difference of the rates; 0.05 when absent.</summary>
    [Range(1e-9, 0.5)]
    public double? Alpha { get; init => field = value ?? 0.05; } = 0.05;

    public void Check(FieldProblems problems, string field)
    {
        MetricBound.Check(problems, $"{field}.disparateImpact", DisparateImpact);
        problems.Require($"{field}.alpha", Alpha is >= 1e-9 and <= 0.5, "must be 1e-9 to 0.5.");
    }
}
