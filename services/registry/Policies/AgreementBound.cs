using System.ComponentModel.DataAnnotations;
using Platform.Registry.Requests;

namespace Platform.Registry.Policies;

/// <summary>A version must answer as the one that serves does: the same class, or a number that is no further away than the tolerance.</summary>
internal sealed record AgreementBound
{
    /// <summary>The smallest share of the reference rows on which both agree, labelled or not.</summary>
    [Range(0.0, 1.0)]
    public required double AtLeast { get; init; }

    /// <summary>How far apart two numbers may be and agree; 0 when absent.</summary>
    public double? Tolerance { get; init => field = value ?? 0; } = 0;

    public void Check(FieldProblems problems, string field)
    {
        problems.Require($"{field}.atLeast", AtLeast is >= 0 and <= 1, "must be 0 to 1.");
        problems.Require($"{field}.tolerance", double.IsFinite(Tolerance!.Value) && Tolerance >= 0, "must be 0 or above.");
    }
}
