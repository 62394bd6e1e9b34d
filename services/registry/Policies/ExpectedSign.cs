using System.ComponentModel.DataAnnotations;
using Platform.Registry.Requests;

namespace Platform.Registry.Policies;

/// <summary>Which way an answer must go when one feature of a reference row rises and all others stay.</summary>
internal sealed record ExpectedSign
{
    public const string Increasing = "increasing";
    public const string Decreasing = "decreasing";

    /// <summary>A numerical feature.</summary>
    public required string Feature { get; init; }

    /// <summary>increasing: the answer must not fall. decreasing: it must not rise.</summary>
    [AllowedValues(Increasing, Decreasing)]
    public required string Direction { get; init; }

    /// <summary>The class whose score is looked at; of two classes the positive one when absent. Of a regression there is none.</summary>
    public string? Output { get; init; }

    /// <summary>The smallest share of the rows in which it must be so; all when absent.</summary>
    [Range(0.0, 1.0)]
    public double? AtLeast { get; init => field = value ?? 1; } = 1;

    public void Check(FieldProblems problems, string field)
    {
        problems.Require($"{field}.feature", !string.IsNullOrEmpty(Feature), "is missing.");
        problems.Require($"{field}.direction", Direction is Increasing or Decreasing, $"must be {Increasing} or {Decreasing}.");
        problems.Require($"{field}.atLeast", AtLeast is >= 0 and <= 1, "must be 0 to 1.");
    }
}
