namespace Platform.Monitor.Intake;

/// <summary>Tells those who wait that more of the prediction log has been read.</summary>
internal sealed class ConsumptionSignal
{
    private volatile TaskCompletionSource _next = New();
    private long _behind;

    /// <summary>Completes when the next batch has been counted.</summary>
    public Task Next => _next.Task;

    /// <summary>How long before it was counted the newest record of the last batch had come in; zero before the first, and of one without any.</summary>
    public TimeSpan Behind => new(Interlocked.Read(ref _behind));

    public void Advance(TimeSpan behind)
    {
        Interlocked.Exchange(ref _behind, behind.Ticks);
        Interlocked.Exchange(ref _next, New()).SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
