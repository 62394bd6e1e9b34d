using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Platform.Registry.Requests;

namespace Platform.Registry.Policies;

/// <summary>How often a version must keep its answer to a reference row when the row is less than perfect; at least one side is given.</summary>
internal sealed record RobustnessBound
{
    /// <summary>The smallest share of rows whose answer stays when one feature, each in turn, is missing.</summary>
    [Range(0.0, 1.0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MissingAtLeast { get; init; }

    /// <summary>The smallest share of rows whose answer stays when all numerical features are disturbed.</summary>
    [Range(0.0, 1.0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PerturbedAtLeast { get; init; }

    /// <summary>The standard deviation of the disturbance as a share of the feature's own; 0.05 when absent.</summary>
    public double? Noise { get; init => field = value ?? 0.05; } = 0.05;

    /// <summary>How far a number may move and count as the same answer; 0 when absent. A class must stay.</summary>
    public double? Tolerance { get; init => field = value ?? 0; } = 0;

    public void Check(FieldProblems problems, string field)
    {
        problems.Require(field, MissingAtLeast is not null || PerturbedAtLeast is not null, "needs missingAtLeast, perturbedAtLeast or both.");
        problems.Require($"{field}.missingAtLeast", MissingAtLeast is null or (>= 0 and <= 1), "must be 0 to 1.");
        problems.Require($"{field}.perturbedAtLeast", PerturbedAtLeast is null or (>= 0 and <= 1), "must be 0 to 1.");
        problems.Require($"{field}.noise", Noise is > 0 and <= 10, "must be above 0, and at most 10.");
        problems.Require($"{field}.tolerance", double.IsFinite(Tolerance!.Value) && Tolerance >= 0, "must be 0 or above.");
    }
}
