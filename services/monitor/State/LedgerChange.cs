namespace Platform.Monitor.State;

/// <summary>A change of the ledger that somebody waits for.</summary>
internal abstract class LedgerChange
{
    public abstract void Run(Ledger ledger);

    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <inheritdoc />
internal sealed class LedgerChange<T>(Func<Ledger, T> change) : LedgerChange
{
    private readonly TaskCompletionSource<T> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    /// <summary>Completes with the change's result once it is stored.</summary>
    public Task<T> Stored => _stored.Task;

    public override void Run(Ledger ledger) => _result = change(ledger);

    public override void Complete() => _stored.TrySetResult(_result!);

    public override void Fail(Exception exception) => _stored.TrySetException(exception);
}
