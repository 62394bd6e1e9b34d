using System.ComponentModel.DataAnnotations;
using Platform.Registry.Requests;

namespace Platform.Registry.Policies;

/// <summary>How many people must have approved a version, not counting who uploaded it.</summary>
internal sealed record ApprovalBound
{
    /// <summary>How many, each counted once.</summary>
    [Range(1, 100)]
    public required int Count { get; init; }

    /// <summary>How long an approval counts, in hours; for ever when absent.</summary>
    public double? WithinHours { get; init; }

    public void Check(FieldProblems problems, string field)
    {
        problems.Require($"{field}.count", Count is >= 1 and <= 100, "must be 1 to 100.");
        problems.Require($"{field}.withinHours", WithinHours is null or (> 0 and <= 87_600), "must be above 0, and at most 87600.");
    }
}
