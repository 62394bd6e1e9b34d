using FASTER.core;

namespace Platform.Hosting.PredictionLog.Files;

/// <summary>
/// Brings what was appended to the disk, round by round, and tells those who wait for it. A round blocks its thread and needs no other
/// but the log's own, so that a thread pool with too much to do delays none.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="begin">Begins a round: says what is noted with the commit, of all that has been appended.</param>
/// <param name="end">A round has succeeded.</param>
/// <param name="failure">Why nothing can be made durable at present; null while all is well.</param>
internal sealed class CommitRounds(FasterLog log, Func<LogCheckpoint> begin, Action end, Func<Exception?> failure) : IDisposable
{
    /// <summary>How often is looked whether a round has ended without a word, or the disk has refused it.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ManualResetEventSlim _wanted = new();
    private readonly ManualResetEventSlim _written = new();
    private volatile TaskCompletionSource _next = NewSignal();
    private volatile bool _isClosed;
    private long _toldUntil;

    /// <summary>Asks for a round before its time.</summary>
    public void Want()
    {
        if (!_wanted.IsSet) _wanted.Set();
    }

    /// <summary>Waits until a round is wanted, at most that long.</summary>
    public void WaitUntilWanted(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (atMost > TimeSpan.Zero) _wanted.Wait(atMost, cancellationToken);
        _wanted.Reset();
    }

    /// <summary>
    /// Makes everything appended so far durable and readable, and frees the room of what retention dropped. Waits while the disk
    /// refuses it; throws <see cref="IOException"/> when the log was closed meanwhile.
    /// </summary>
    public void Run(CancellationToken cancellationToken)
    {
        if (_isClosed) return; // closing has brought to the disk what it could
        _one.Wait(cancellationToken);
        try
        {
            if (log.TailAddress > log.CommittedUntilAddress || log.BeginAddress > log.CommittedBeginAddress) Commit(cancellationToken);
        }
        finally
        {
            _one.Release();
            Tell();
        }
    }

    /// <summary>Waits until everything appended so far is on the disk. Throws <see cref="IOException"/> when the disk refuses it.</summary>
    public async ValueTask DurableAsync(CancellationToken cancellationToken)
    {
        for (var until = log.TailAddress; log.CommittedUntilAddress < until;)
        {
            var next = _next;
            Want();
            if (_isClosed || failure() is not null) throw Unwritten(failure());
            if (log.CommittedUntilAddress < until) await Task.WhenAny(next.Task, Task.Delay(Look, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (Refused() is { } refused) throw Unwritten(refused);
    }

    /// <summary>Waits until there is something behind an address; false once the log is closed.</summary>
    public async ValueTask<bool> BehindAsync(long address, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = _next;
            if (address < log.CommittedUntilAddress) return true;
            if (_isClosed) return false;
            await next.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Lets nobody wait any longer than the disk takes. To be called before the log is disposed of; false when it was before.</summary>
    public bool Close()
    {
        if (_isClosed) return false;
        _isClosed = true;
        Want();
        Tell();
        return true;
    }

    /// <summary>Waits for the round that runs.</summary>
    public void Dispose()
    {
        _one.Wait(LongestRound);
        _one.Dispose();
        _wanted.Dispose();
        _written.Dispose();
    }

    private void Commit(CancellationToken cancellationToken)
    {
        var checkpoint = begin().Write();
        if (!log.CommitStrongly(out var until, out _, spinWait: false, checkpoint, callback: _written.Set)) return;
        while (log.CommittedUntilAddress < until && Refused() is null)
        {
            _written.Wait(Look, cancellationToken);
            _written.Reset();
        }

        if (Refused() is { } refused) throw new IOException($"The prediction log was closed before it was committed: {refused.Message}", refused);
        end();
    }

    private static IOException Unwritten(Exception? failure) => new($"The prediction log cannot be written: {failure?.Message ?? "it is closed"}", failure);

    // Once the log is closed, a commit ends whether or not the disk has taken it.
    private Exception? Refused() => _isClosed ? failure() : null;

    private void Tell()
    {
        var until = log.CommittedUntilAddress;
        if (Interlocked.Exchange(ref _toldUntil, until) != until || _isClosed) Interlocked.Exchange(ref _next, NewSignal()).SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
