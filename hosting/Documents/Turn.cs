namespace Platform.Hosting.Documents;

/// <summary>The right to do what one process at a time may do, such as publishing a service's outbox.</summary>
public sealed class Turn : IAsyncDisposable
{
    internal const string Collection = "turns";

    private readonly string _name;
    private readonly TurnHolder? _holder;
    private readonly Func<ValueTask> _end;
    private long _revision;

    private Turn(string name, TurnHolder? holder, long revision, Func<ValueTask> end, CancellationToken lost)
    {
        (_name, _holder, _revision, _end) = (name, holder, revision, end);
        Lost = lost;
    }

    /// <summary>Cancelled when the right is gone although nobody gave it back: another process may have it now.</summary>
    public CancellationToken Lost { get; }

    /// <summary>The turn of a process beside which there can be no other.</summary>
    internal static Turn Unshared { get; } = new("", null, 0, () => ValueTask.CompletedTask, CancellationToken.None);

    /// <summary>A turn that others may take over; its document stands at <paramref name="revision"/>.</summary>
    internal static Turn Shared(string name, TurnHolder holder, long revision, Func<ValueTask> end, CancellationToken lost) =>
        new(name, holder, revision, end, lost);

    /// <summary>
    /// Makes the batch fail if another process has taken the turn meanwhile, even if this one has not noticed. After a commit
    /// that failed, for whatever reason, the turn must be taken anew.
    /// </summary>
    public DocumentBatch Guard(DocumentBatch batch) =>
        _holder is null ? batch : batch.Put(Collection, _name, _holder, Interlocked.Increment(ref _revision) - 1);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _end();
}

/// <summary>Who has a turn.</summary>
/// <param name="Holder">What the process says of itself, such as its address.</param>
/// <param name="At">Since when (UTC).</param>
internal sealed record TurnHolder(string Holder, DateTimeOffset At);
