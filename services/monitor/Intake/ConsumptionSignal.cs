namespace Platform.Monitor.Intake;

/// <summary>Tells those who wait that more of the prediction log has been read.</summary>
internal sealed class ConsumptionSignal
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Completes when the next batch has been counted.</summary>
    public Task Next => _next.Task;

    public void Advance() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
