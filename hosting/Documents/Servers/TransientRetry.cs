namespace Platform.Hosting.Documents.Servers;

/// <summary>
/// Repeats what failed because a server is away or busy, with growing pauses, for at most <paramref name="patience"/>.
/// <paramref name="isTransient"/> tells such failures from others.
/// </summary>
internal sealed class TransientRetry(TimeSpan patience, Func<Exception, bool> isTransient, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The result of the first attempt that does not fail transiently. Throws <see cref="DocumentsUnavailableException"/> when
    /// patience is at its end.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await attempt();
            }
            catch (Exception exception) when (isTransient(exception) && !cancellationToken.IsCancellationRequested)
            {
                if (time.GetElapsedTime(started) >= patience) throw new DocumentsUnavailableException(exception);
            }
            await Task.Delay(pause, time, cancellationToken);
        }
    }
}
