using Platform.Registry.Requests;

namespace Platform.Registry.Policies;

/// <summary>How long a version may take for a single reference row in the process that tries it out, on one thread.</summary>
internal sealed record LatencyBound
{
    /// <summary>99 of 100 calls must be at least this fast.</summary>
    public required double P99Milliseconds { get; init; }

    public void Check(FieldProblems problems, string field) =>
        problems.Require($"{field}.p99Milliseconds", double.IsFinite(P99Milliseconds) && P99Milliseconds > 0, "must be above 0.");
}
