namespace Platform.Hosting.Documents.Postgres;

/// <summary>Repeats what failed because the server is away, with growing pauses, for as long as the options say.</summary>
internal sealed class PostgresRetry(TimeSpan patience, TimeProvider time)
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
            catch (Exception exception) when (PostgresFaults.IsTransient(exception) && !cancellationToken.IsCancellationRequested)
            {
                if (time.GetElapsedTime(started) >= patience) throw new DocumentsUnavailableException(exception);
            }
            await Task.Delay(pause, time, cancellationToken);
        }
    }
}
