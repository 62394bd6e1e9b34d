namespace Platform.Hosting.Outbox;

/// <summary>The right to publish a service's outbox, which one process has at a time.</summary>
/// <param name="end">Gives it back.</param>
/// <param name="lost">Cancelled when the right is gone although nobody gave it back.</param>
public sealed class OutboxTurn(Func<ValueTask> end, CancellationToken lost) : IAsyncDisposable
{
    /// <summary>Cancelled when the right is gone: another process may have it now.</summary>
    public CancellationToken Lost => lost;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => end();
}

/// <summary>Another process has published meanwhile.</summary>
internal sealed class OutboxTurnLostException() : Exception("Another process has published events of this service meanwhile.");
