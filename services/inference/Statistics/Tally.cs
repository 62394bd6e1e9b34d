namespace Platform.Inference.Statistics;

/// <summary>How often something happened and how long it took in all.</summary>
/// <param name="Count">How often.</param>
/// <param name="Ns">Nanoseconds in all.</param>
internal readonly record struct Tally(long Count, long Ns)
{
    public Tally With(TimeSpan duration) => new(Count + 1, Ns + (long)duration.TotalNanoseconds);
}
