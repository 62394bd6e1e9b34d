namespace Platform.Inference.Requests;

/// <summary>Until when a caller waits; by default for as long as it takes.</summary>
internal readonly struct Deadline(TimeProvider time, TimeSpan after)
{
    private readonly TimeProvider? _time = time;
    private readonly long _at = time.GetTimestamp() + (long)(after.TotalSeconds * time.TimestampFrequency);

    /// <summary>What is left of it, nothing or less once it has passed; null where there is none.</summary>
    public TimeSpan? Left => _time?.GetElapsedTime(_time.GetTimestamp(), _at);

    public bool HasPassed => _time is not null && _time.GetTimestamp() >= _at;
}
