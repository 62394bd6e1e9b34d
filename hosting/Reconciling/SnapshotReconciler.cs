using System.Threading.Channels;

namespace Platform.Hosting.Reconciling;

/// <summary>
/// Keeps a service in step with somebody else's state: reads a snapshot of it at start, when an event says so, and periodically. Events
/// say when to look, the snapshot says what is true: a lost, late, doubled or reordered event delays a change but never leaves a wrong
/// state.
/// </summary>
/// <param name="what">Whose snapshot it waits for, as the log says it.</param>
/// <param name="interval">How often to look when nothing was announced.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public abstract partial class SnapshotReconciler(string what, Func<TimeSpan> interval, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    // One pending signal is enough: what it asks for is "look again".
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Completes after the first snapshot has been applied: readiness waits for it.</summary>
    public Task FirstPass => _firstPass.Task;

    private readonly TaskCompletionSource _firstPass = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<bool>? _signal;

    /// <summary>Asks for a look soon.</summary>
    public void Signal() => _signals.Writer.TryWrite(true);

    /// <summary>Reads the snapshot and makes the service agree with it. An exception is logged and the pass repeated.</summary>
    protected abstract Task PassAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var passed = await TryPassAsync(stoppingToken);
            await WaitAsync(passed ? interval() : RetryInterval, stoppingToken);
        }
    }

    private async Task<bool> TryPassAsync(CancellationToken stoppingToken)
    {
        try
        {
            await PassAsync(stoppingToken);
            _firstPass.TrySetResult();
            return true;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
#pragma warning disable CA1031 // whatever went wrong, the next pass tries again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (_firstPass.Task.IsCompleted) PassFailed(logger, what, exception);
            else Waiting(logger, what, exception.Message);
            return false;
        }
    }

    private async Task WaitAsync(TimeSpan atMost, CancellationToken stoppingToken)
    {
        try
        {
            // The channel would keep every wait that was given up: the next pass takes it up again.
            _signal ??= _signals.Reader.WaitToReadAsync(stoppingToken).AsTask();
            await _signal.WaitAsync(atMost, time, stoppingToken);
            _signal = null;
            _signals.Reader.TryRead(out _);
        }
        catch (TimeoutException)
        {
            // Nothing was announced: look anyway.
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Reconciling with {What} failed; trying again")]
    private static partial void PassFailed(ILogger logger, string what, Exception exception);

    [LoggerMessage(LogLevel.Information, "Waiting for {What}: {Reason}")]
    private static partial void Waiting(ILogger logger, string what, string reason);
}
