using Platform.Contracts.Inference;

namespace Platform.Inference.Models;

/// <summary>How many requests to a version ended how.</summary>
internal sealed class OutcomeCounts
{
    private static readonly string[] Outcomes =
        [PredictionStatus.Succeeded, PredictionStatus.Rejected, PredictionStatus.Failed, PredictionStatus.Cancelled];

    private readonly long[] _counts = new long[Outcomes.Length];

    /// <summary>How many outcomes there are.</summary>
    public static int Kinds => Outcomes.Length;

    /// <summary>Each outcome with its count, 0 included: so its first time is seen as a step.</summary>
    public IEnumerable<(string Outcome, long Count)> All => Outcomes.Select((outcome, at) => (outcome, Volatile.Read(ref _counts[at])));

    public void Add(string outcome) => Interlocked.Increment(ref _counts[Array.IndexOf(Outcomes, outcome)]);
}
