namespace Platform.Inference.Tests;

/// <summary>The real time, of which a test can skip a part: so it decides itself when a run has taken too long.</summary>
internal sealed class SkippingTime : TimeProvider
{
    private long _skipped;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _skipped);

    /// <summary>Lets durations that are being measured now be so much longer; the time of day and timers stay as they are.</summary>
    public void Skip(TimeSpan duration) => Interlocked.Add(ref _skipped, (long)(duration.TotalSeconds * TimestampFrequency));
}
