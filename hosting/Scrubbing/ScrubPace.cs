namespace Platform.Hosting.Scrubbing;

/// <summary>Holds reading to so many bytes a second, and counts them.</summary>
internal sealed class ScrubPace(long bytesPerSecond, TimeProvider time, Action<long> count)
{
    // Shorter waits than this are put off: a thousand small documents need not be a thousand timers.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private TimeSpan _owed;

    /// <summary>So many bytes were read: waits as long as they may take.</summary>
    public async ValueTask PayAsync(long bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        count(bytes);
        _owed += TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
        if (_owed < Shortest) return;
        await Task.Delay(_owed, time, cancellationToken);
        _owed = TimeSpan.Zero;
    }
}
